package dev.hotupdater.bundle;

import java.util.Optional;

/**
 * The version of an installed app, as three numbers. Immutable.
 *
 * <p>Pre-release and build parts of a version are not kept: an app version is only ever compared
 * with the ranges that bundles are published for, and those look at the numbers alone.
 *
 * @param major the first number, 0 to {@link #MAX_NUMBER}
 * @param minor the second number, 0 to {@link #MAX_NUMBER}
 * @param patch the third number, 0 to {@link #MAX_NUMBER}
 */
public record AppVersion(long major, long minor, long patch) implements Comparable<AppVersion> {
  /** The greatest number in a version: 9007199254740991, the greatest exact JavaScript integer. */
  public static final long MAX_NUMBER = 9_007_199_254_740_991L;

  private static final int NUMBERS = 3;
  private static final int MAX_DIGITS = 16;
  private static final long REFUSED = -1;

  /**
   * A version of these numbers.
   *
   * @throws IllegalArgumentException if a number is not within 0 to {@link #MAX_NUMBER}
   */
  public AppVersion {
    checkNumber("major", major);
    checkNumber("minor", minor);
    checkNumber("patch", patch);
  }

  private static void checkNumber(String name, long number) {
    if (number < 0 || number > MAX_NUMBER) {
      throw new IllegalArgumentException(
          name + " must be between 0 and " + MAX_NUMBER + ", but is " + number);
    }
  }

  /**
   * Finds a version in any text: the first run of up to three numbers with dots between them.
   * {@code "1.0"} is 1.0.0, {@code "v2.3-rc.1"} is 2.3.0, {@code "1.2.3.4"} is 1.2.3. A number of
   * more than 16 digits is passed over.
   *
   * <p>Source: Hot Updater protocol, "App version matching", which is npm's {@code semver.coerce}.
   * The time taken grows with the length of the text and no faster.
   *
   * @return empty if the text holds no number, or if a number that was found has a leading zero or
   *     exceeds {@link #MAX_NUMBER}
   */
  public static Optional<AppVersion> coerce(String text) {
    int start = firstNumber(text);
    int end = endOfDigits(text, start);
    if (start == end) {
      return Optional.empty();
    }
    long[] numbers = new long[NUMBERS];
    for (int i = 0; i < NUMBERS && start < end && end - start <= MAX_DIGITS; i++) {
      numbers[i] = number(text, start, end);
      if (numbers[i] == REFUSED) {
        return Optional.empty();
      }
      if (end < text.length() && text.charAt(end) == '.') {
        start = end + 1;
        end = endOfDigits(text, start);
      } else {
        start = end;
      }
    }
    return Optional.of(new AppVersion(numbers[0], numbers[1], numbers[2]));
  }

  /** Where the first number of an acceptable length starts, or the end of the text. */
  private static int firstNumber(String text) {
    int at = 0;
    while (at < text.length()) {
      int end = endOfDigits(text, at);
      if (end > at && end - at <= MAX_DIGITS) {
        return at;
      }
      at = Math.max(end, at + 1);
    }
    return at;
  }

  private static int endOfDigits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static long number(String text, int start, int end) {
    if (text.charAt(start) == '0' && end - start > 1) {
      return REFUSED;
    }
    long number = Long.parseLong(text, start, end, 10);
    return number <= MAX_NUMBER ? number : REFUSED;
  }

  @Override
  public int compareTo(AppVersion other) {
    return compareTo(other.major, other.minor, other.patch);
  }

  int compareTo(long otherMajor, long otherMinor, long otherPatch) {
    if (major != otherMajor) {
      return Long.compare(major, otherMajor);
    }
    return minor != otherMinor ? Long.compare(minor, otherMinor) : Long.compare(patch, otherPatch);
  }

  /** The three numbers with dots between them, such as {@code 1.2.3}. */
  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
