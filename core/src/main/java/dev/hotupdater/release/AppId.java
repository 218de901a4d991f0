package dev.hotupdater.release;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identity of an app: a text that its owner has chosen, such as a UUID or {@code
 * com.example.app}.
 *
 * @param value 1 to 128 characters of {@code A-Z a-z 0-9 . _ -}, the first a letter or a digit
 */
public record AppId(String value) implements Comparable<AppId> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  /** Checks the form. */
  public AppId {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidReleaseException(
          "app_id",
          "The app id must be 1 to 128 letters, digits, '.', '_' or '-', and begin with a letter"
              + " or a digit.");
    }
  }

  /**
   * The id with this text.
   *
   * @throws InvalidReleaseException if it has not the form of one
   */
  public static AppId of(String text) {
    return new AppId(text);
  }

  /** The id with this text; empty if it has not the form of one. */
  public static Optional<AppId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new AppId(text)) : Optional.empty();
  }

  @Override
  public int compareTo(AppId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
