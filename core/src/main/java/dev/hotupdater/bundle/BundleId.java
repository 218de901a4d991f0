package dev.hotupdater.bundle;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identity of a bundle: a UUID, normally of version 7, so that a newer bundle has a greater id.
 *
 * <p>Ids are compared as lower-case text. That is also the order of the UUID's bytes, so a database
 * that orders by either agrees with this class.
 */
public final class BundleId implements Comparable<BundleId> {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final int UUID_LENGTH = 36;

  /**
   * The nil UUID. As the id of a running bundle it means the one built into the app; it is never
   * the id of a published bundle.
   */
  public static final BundleId NIL = new BundleId("00000000-0000-0000-0000-000000000000");

  private final String text;

  private BundleId(String text) {
    this.text = text;
  }

  /**
   * The id with this text, in either letter case.
   *
   * @throws IllegalArgumentException if the text is not a UUID in its 36 character form
   */
  public static BundleId of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("Not a UUID of 36 characters"));
  }

  /** The id with this text, in either letter case; empty if it is not a UUID of 36 characters. */
  public static Optional<BundleId> parse(String text) {
    if (text.length() != UUID_LENGTH) {
      return Optional.empty();
    }
    String lowerCase = text.toLowerCase(Locale.ROOT);
    return UUID_TEXT.matcher(lowerCase).matches()
        ? Optional.of(new BundleId(lowerCase))
        : Optional.empty();
  }

  /** Whether this is {@link #NIL}. */
  public boolean isNil() {
    return equals(NIL);
  }

  @Override
  public int compareTo(BundleId other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BundleId && ((BundleId) other).text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The lower-case text of the id. */
  @Override
  public String toString() {
    return text;
  }
}
