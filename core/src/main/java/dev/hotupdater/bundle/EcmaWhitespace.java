package dev.hotupdater.bundle;

/**
 * What JavaScript takes for white space. Java's own notions differ: {@code String.strip()} leaves
 * the no-break space and the byte order mark, {@code String.trim()} removes control characters.
 */
final class EcmaWhitespace {
  private EcmaWhitespace() {}

  static boolean isWhitespace(char c) {
    switch (c) {
      case '\t':
      case '\n':
      case '\u000b':
      case '\f':
      case '\r':
      case ' ':
      case '\u00a0':
      case '\u1680':
      case '\u2028':
      case '\u2029':
      case '\u202f':
      case '\u205f':
      case '\u3000':
      case '\ufeff':
        return true;
      default:
        return c >= '\u2000' && c <= '\u200a';
    }
  }

  /** The text without white space at its ends. */
  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** The text without white space at its ends, and with one plain space for each run within. */
  static String collapse(String text) {
    String trimmed = trim(text);
    StringBuilder collapsed = new StringBuilder(trimmed.length());
    boolean inRun = false;
    for (int i = 0; i < trimmed.length(); i++) {
      char c = trimmed.charAt(i);
      boolean whitespace = isWhitespace(c);
      if (!whitespace) {
        collapsed.append(c);
      } else if (!inRun) {
        collapsed.append(' ');
      }
      inRun = whitespace;
    }
    return collapsed.toString();
  }
}
