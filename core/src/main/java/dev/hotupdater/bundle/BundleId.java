package dev.hotupdater.bundle;

import java.util.Optional;
import java.util.UUID;

/**
 * The identity of a bundle: a UUID, normally of version 7, so that a newer bundle has a greater id.
 *
 * <p>Ids are compared as lower-case text. That is also the order of the UUID's bytes, so a database
 * that orders by either agrees with this class.
 */
public final class BundleId implements Comparable<BundleId> {
  private static final int UUID_LENGTH = 36;
  private static final int HALF_LENGTH = 18;
  private static final int DIGIT_BITS = 4;

  /**
   * The nil UUID. As the id of a running bundle it means the one built into the app; it is never
   * the id of a published bundle.
   */
  public static final BundleId NIL = new BundleId(0, 0);

  // Not the text: numbers take a quarter of its memory, and are compared several times in every
  // decision.
  private final long high;
  private final long low;

  private BundleId(long high, long low) {
    this.high = high;
    this.low = low;
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
    long high = 0;
    long low = 0;
    for (int i = 0; i < UUID_LENGTH; i++) {
      char c = text.charAt(i);
      if (isHyphenPlace(i)) {
        if (c != '-') {
          return Optional.empty();
        }
        continue;
      }
      int digit = digit(c);
      if (digit < 0) {
        return Optional.empty();
      }
      if (i < HALF_LENGTH) {
        high = high << DIGIT_BITS | digit;
      } else {
        low = low << DIGIT_BITS | digit;
      }
    }
    return Optional.of(new BundleId(high, low));
  }

  private static boolean isHyphenPlace(int index) {
    return index == 8 || index == 13 || index == HALF_LENGTH || index == 23;
  }

  /** The value of an ASCII hexadecimal digit, or a negative number. */
  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    char lowerCase = (char) (c | 0x20);
    return lowerCase >= 'a' && lowerCase <= 'f' && c < 0x80 ? lowerCase - 'a' + 10 : -1;
  }

  /** Whether this is {@link #NIL}. */
  public boolean isNil() {
    return high == 0 && low == 0;
  }

  @Override
  public int compareTo(BundleId other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BundleId
        && ((BundleId) other).high == high
        && ((BundleId) other).low == low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high * 31 + low);
  }

  /** The lower-case text of the id. */
  @Override
  public String toString() {
    return new UUID(high, low).toString();
  }
}
