package dev.hotupdater.release;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of an app in the addresses that its clients ask. No two apps have the same.
 *
 * <p>Source: Tauri protocol, section 9.
 *
 * @param value 3 to 40 characters of {@code a-z 0-9 -}, no hyphen at either end, no reserved word
 */
public record Slug(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{1,38}[a-z0-9]");

  /** A slug stands where management paths and those of other protocols have a word of theirs. */
  private static final Set<String> RESERVED =
      Set.of(
          "admin",
          "api",
          "apps",
          "app",
          "auth",
          "bundle",
          "bundles",
          "channels",
          "check",
          "download",
          "downloads",
          "explain",
          "files",
          "health",
          "latest",
          "releases",
          "stats",
          "updates",
          "upload",
          "uploads",
          "version");

  /** Checks the form. */
  public Slug {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidReleaseException(
          "slug",
          "The field 'slug' must be 3 to 40 characters of a-z, 0-9 and '-', without '-' at either"
              + " end.");
    }
    if (RESERVED.contains(value)) {
      throw new InvalidReleaseException("slug", "The slug '" + value + "' is a reserved word.");
    }
  }

  /**
   * The slug with this text.
   *
   * @throws InvalidReleaseException if it is none
   */
  public static Slug of(String text) {
    return new Slug(text);
  }

  /** The slug with this text; empty if it is none. */
  public static Optional<Slug> parse(String text) {
    return FORM.matcher(text).matches() && !RESERVED.contains(text)
        ? Optional.of(new Slug(text))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
