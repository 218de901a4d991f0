package dev.hotupdater.bundle;

import java.util.Optional;

/**
 * A version as it stands in a range, where numbers may be missing or wildcards.
 *
 * @param prefix the {@code v}, {@code =} and space characters before it
 * @param major the first number, or {@link #ANY}
 * @param minor the second number, or {@link #ANY}, also if it is missing
 * @param patch the third number, or {@link #ANY}, also if it is missing
 * @param prerelease whether a pre-release part follows
 * @param length the number of characters behind the prefix; 0 if no text of the range spells it
 */
record PartialVersion(
    String prefix, long major, long minor, long patch, boolean prerelease, int length) {
  /** In place of a number: every number will do. */
  static final long ANY = -1;

  private static final int NUMBERS = 3;
  private static final int MAX_DIGITS = 16;

  /** The version that the whole text is; empty if it is none. */
  static Optional<PartialVersion> parse(String text) {
    int start = 0;
    while (start < text.length() && RangeCharacters.isPrefix(text.charAt(start))) {
      start++;
    }
    long[] numbers = {ANY, ANY, ANY};
    int count = 0;
    int at = start;
    boolean more = true;
    while (more) {
      int end = endOfNumber(text, at);
      if (end == at) {
        return Optional.empty();
      }
      numbers[count++] = number(text, at, end);
      more = count < NUMBERS && end < text.length() && text.charAt(end) == '.';
      at = more ? end + 1 : end;
    }
    boolean prerelease = at < text.length();
    if (prerelease && !(count == NUMBERS && isPrerelease(text, at))) {
      return Optional.empty();
    }
    return Optional.of(
        new PartialVersion(
            text.substring(0, start),
            numbers[0],
            numbers[1],
            numbers[2],
            prerelease,
            text.length() - start));
  }

  /** Whether one of the three numbers is missing or a wildcard. */
  boolean isPartial() {
    return major == ANY || minor == ANY || patch == ANY;
  }

  /** Whether a number follows a wildcard, as in {@code x.1.0} or {@code 1.x.5}. */
  boolean hasNumberAfterWildcard() {
    return major == ANY && minor != ANY || minor == ANY && patch != ANY;
  }

  /** The lowest version that it stands for: itself, or zeros for what is open. Major is given. */
  PartialVersion lowest() {
    return isPartial()
        ? new PartialVersion("", major, minor == ANY ? 0 : minor, 0, false, 0)
        : new PartialVersion("", major, minor, patch, prerelease, length);
  }

  private static int endOfNumber(String text, int start) {
    if (start == text.length()) {
      return start;
    }
    char first = text.charAt(start);
    if (RangeCharacters.isWildcard(first) || first == '0') {
      return start + 1;
    }
    return endOfDigits(text, start);
  }

  private static int endOfDigits(String text, int start) {
    int end = start;
    while (end < text.length() && RangeCharacters.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static long number(String text, int start, int end) {
    if (RangeCharacters.isWildcard(text.charAt(start))) {
      return ANY;
    }
    // Only a number that the range goes on to use is refused for its size.
    return end - start <= MAX_DIGITS
        ? Long.parseLong(text, start, end, 10)
        : AppVersion.MAX_NUMBER + 1;
  }

  /** Whether the rest of the text is a hyphen and identifiers with dots between them. */
  private static boolean isPrerelease(String text, int start) {
    if (text.charAt(start) != '-') {
      return false;
    }
    int at = start;
    while (at < text.length()) {
      int first = at + 1;
      at = first;
      while (at < text.length() && RangeCharacters.isIdentifier(text.charAt(at))) {
        at++;
      }
      if (at == first || at < text.length() && text.charAt(at) != '.') {
        return false;
      }
      boolean zeroFirst = text.charAt(first) == '0' && at - first > 1;
      if (zeroFirst && endOfDigits(text, first) >= at) {
        return false;
      }
    }
    return true;
  }
}
