package dev.hotupdater.release;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The identity of a release or of an artifact: a UUID in lower case.
 *
 * @param value its 36 characters
 */
public record ReleaseId(String value) implements Comparable<ReleaseId> {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** Checks the form. */
  public ReleaseId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("A release id must be a UUID in lower case");
    }
  }

  /** An id that no other release has. */
  public static ReleaseId random() {
    return new ReleaseId(UUID.randomUUID().toString());
  }

  /** The id with this text, in either letter case; empty if it is not a UUID. */
  public static Optional<ReleaseId> parse(String text) {
    String lowerCase = text.toLowerCase(Locale.ROOT);
    return FORM.matcher(lowerCase).matches()
        ? Optional.of(new ReleaseId(lowerCase))
        : Optional.empty();
  }

  @Override
  public int compareTo(ReleaseId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
