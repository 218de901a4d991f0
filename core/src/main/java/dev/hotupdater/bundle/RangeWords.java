package dev.hotupdater.bundle;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one alternative of a range into words: comparators that must all hold. Spaces separate
 * words, except the one that may stand between an operator and its version.
 */
final class RangeWords {
  private final String text;
  private final StringBuilder joined;

  private RangeWords(String text) {
    this.text = text;
    joined = new StringBuilder(text.length());
  }

  /** The text without its build parts: each {@code +} that identifiers follow, with them. */
  static String withoutBuild(String text) {
    if (text.indexOf('+') < 0) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = text.charAt(at) == '+' ? endOfBuild(text, at) : at;
      if (end == at) {
        kept.append(text.charAt(at));
        end++;
      }
      at = end;
    }
    return kept.toString();
  }

  /** The text without the build part that it ends with. */
  static String withoutBuildAtEnd(String text) {
    int start = text.indexOf('+');
    return start >= 0 && endOfBuild(text, start) == text.length() ? text.substring(0, start) : text;
  }

  /** Where the build part that starts here ends; its start if no identifier follows. */
  private static int endOfBuild(String text, int start) {
    int end = start;
    int at = start;
    while (at < text.length() && (at == start || text.charAt(at) == '.')) {
      at++;
      int first = at;
      while (at < text.length() && RangeCharacters.isIdentifier(text.charAt(at))) {
        at++;
      }
      if (at == first) {
        return end;
      }
      end = at;
    }
    return end;
  }

  /** The words of an alternative that has no build parts. */
  static List<String> of(String alternative) {
    RangeWords words = new RangeWords(alternative);
    words.joinOperators();
    return words.split();
  }

  /**
   * Leaves out the space between an operator and the version behind it. Goes from version to
   * version, each with the operator, the {@code v} and {@code =} characters and the spaces before
   * it; only the first space behind the operator goes.
   */
  private void joinOperators() {
    int at = 0;
    while (at < text.length()) {
      int start = at;
      if (isAngle(at)) {
        at++;
      }
      while (at < text.length() && RangeCharacters.isPrefix(text.charAt(at))) {
        at++;
      }
      if (startsVersion(at)) {
        int operatorEnd = endOfOperator(start);
        joined.append(text, start, operatorEnd);
        joined.append(text, isSpace(operatorEnd) ? operatorEnd + 1 : operatorEnd, at);
        start = at;
        at = endOfVersion(at);
      } else if (at == start) {
        at++;
      }
      joined.append(text, start, at);
    }
  }

  private int endOfOperator(int start) {
    int end = isSpace(start) ? start + 1 : start;
    if (isAngle(end)) {
      end++;
    }
    return is(end, '=') ? end + 1 : end;
  }

  private int endOfVersion(int start) {
    int end = start + 1;
    while (end < text.length()
        && (RangeCharacters.isIdentifier(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    return end;
  }

  /** Splits at spaces; a lone {@code ^}, {@code ~} or {@code ~>} reaches over the one behind it. */
  private List<String> split() {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean reached = false;
    for (int i = 0; i < joined.length(); i++) {
      char c = joined.charAt(i);
      if (c != ' ') {
        word.append(c);
      } else if (!reached && isCaretOrTilde(word)) {
        // "~ >1" is read like "~>1", and so is "~> >1": the tilde keeps no ">" of its own.
        word.setLength(1);
        reached = true;
      } else {
        words.add(word.toString());
        word.setLength(0);
        reached = false;
      }
    }
    words.add(word.toString());
    return words;
  }

  private static boolean isCaretOrTilde(StringBuilder word) {
    return "^".contentEquals(word) || "~".contentEquals(word) || "~>".contentEquals(word);
  }

  private boolean startsVersion(int at) {
    return at < text.length()
        && (RangeCharacters.isDigit(text.charAt(at))
            || RangeCharacters.isWildcard(text.charAt(at)));
  }

  private boolean isAngle(int at) {
    return is(at, '<') || is(at, '>');
  }

  private boolean isSpace(int at) {
    return is(at, ' ');
  }

  private boolean is(int at, char c) {
    return at < text.length() && text.charAt(at) == c;
  }
}
