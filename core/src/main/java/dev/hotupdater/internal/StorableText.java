package dev.hotupdater.internal;

import java.util.Optional;

/** Which texts every database keeps as they are. */
public final class StorableText {
  private StorableText() {}

  /**
   * What is expected of a text that is not so; empty if it can be stored.
   *
   * @param maxLength in UTF-16 units
   */
  public static Optional<String> expectationOf(String text, int maxLength) {
    if (text.length() > maxLength) {
      return Optional.of("must have at most " + maxLength + " characters");
    }
    // No database keeps these two as they are: some refuse NUL, and a lone surrogate has no UTF-8.
    if (text.indexOf('\0') >= 0) {
      return Optional.of("must not contain a NUL character");
    }
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      return Optional.of("must not contain half of a surrogate pair");
    }
    return Optional.empty();
  }
}
