package dev.hotupdater.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells one state of a resource from another. Source: RFC 9110, section 8.8.3.
 *
 * @param value the text between the quotes
 * @param isWeak whether equal tags mean equivalent states only, and not the same bytes
 */
public record EntityTag(String value, boolean isWeak) {
  static final String FORM = "(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*+)\"";
  private static final Pattern PATTERN = Pattern.compile(FORM);

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if it has a quote, a space or a control character
   */
  public EntityTag {
    if (!PATTERN.matcher('"' + value + '"').matches()) {
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
    Matcher matcher = PATTERN.matcher(text);
    return matcher.matches()
        ? Optional.of(new EntityTag(matcher.group(2), matcher.group(1) != null))
        : Optional.empty();
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
