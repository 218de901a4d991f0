package dev.hotupdater.http;

import java.util.regex.Pattern;

/** Paths below which routes are mounted: {@code ""}, or one such as {@code /hot-updater}. */
public final class BasePath {
  private static final Pattern FORM = Pattern.compile("(?:/[A-Za-z0-9._~-]+)*");

  private BasePath() {}

  /** Whether routes can be mounted below this path. */
  public static boolean isValid(String path) {
    return FORM.matcher(path).matches();
  }

  /**
   * This path.
   *
   * @throws IllegalArgumentException if no routes can be mounted below it
   */
  public static String checked(String path) {
    if (!isValid(path)) {
      throw new IllegalArgumentException(
          "The path '" + path + "' is not valid. Use \"\" or a path such as /hot-updater.");
    }
    return path;
  }
}
