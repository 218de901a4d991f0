package dev.hotupdater.http;

import java.util.Optional;

/**
 * Tells one state of a resource from another. Source: RFC 9110, section 8.8.3.
 *
 * @param value the text between the quotes
 * @param isWeak whether equal tags mean equivalent states only, and not the same bytes
 */
public record EntityTag(String value, boolean isWeak) {
  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if it has a quote, a space or a control character
   */
  public EntityTag {
    if (endOfValue(value, 0) < value.length()) {
      throw new IllegalArgumentException("Not the text of an entity tag: " + value);
    }
  }

  /** A tag that is different for different bytes. */
  public static EntityTag strong(String value) {
    return new EntityTag(value, false);
  }

  /** A tag that may be the same for different bytes, if they mean the same. */
  public static EntityTag weak(String value) {
    return new EntityTag(value, true);
  }

  /** The tag of a header field's value; empty if it is no tag. */
  public static Optional<EntityTag> parse(String text) {
    int end = endOf(text, 0);
    return end == text.length() ? Optional.of(of(text, 0, end)) : Optional.empty();
  }

  /** Where the tag ends that begins at an index of a text; -1 if none begins there. */
  static int endOf(String text, int start) {
    int open = text.startsWith("W/", start) ? start + 2 : start;
    if (!text.startsWith("\"", open)) {
      return -1;
    }
    int close = endOfValue(text, open + 1);
    return text.startsWith("\"", close) ? close + 1 : -1;
  }

  /** The tag between two indices of a text. */
  static EntityTag of(String text, int start, int end) {
    int open = text.indexOf('"', start);
    return new EntityTag(text.substring(open + 1, end - 1), open > start);
  }

  private static int endOfValue(String text, int start) {
    int end = start;
    while (end < text.length() && isValueCharacter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isValueCharacter(char c) {
    return c > ' ' && c != '"' && c != 0x7f && c <= 0xff;
  }

  /** Whether both stand for the same bytes. */
  public boolean matchesStrongly(EntityTag other) {
    return !isWeak && !other.isWeak && value.equals(other.value);
  }

  /** Whether both stand for equivalent states. */
  public boolean matchesWeakly(EntityTag other) {
    return value.equals(other.value);
  }

  /** The form that is sent in a header field. */
  @Override
  public String toString() {
    return (isWeak ? "W/\"" : "\"") + value + '"';
  }
}
