package dev.hotupdater.bundle;

/** The kinds of character that a version range is made of. White space is plain spaces by now. */
final class RangeCharacters {
  private RangeCharacters() {}

  /** Whether the character may stand before the first number of a version. */
  static boolean isPrefix(char c) {
    return c == 'v' || c == '=' || c == ' ';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isWildcard(char c) {
    return c == 'x' || c == 'X' || c == '*';
  }

  /** Whether the character may stand in a part of a pre-release or of build metadata. */
  static boolean isIdentifier(char c) {
    return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-';
  }
}
