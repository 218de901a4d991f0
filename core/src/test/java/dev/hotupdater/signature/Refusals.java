package dev.hotupdater.signature;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.function.Executable;

/** What all refusals of a text have in common. */
final class Refusals {
  private static final Pattern WORTH_HIDING = Pattern.compile("[A-Za-z0-9+/=_]{12,}");

  private Refusals() {}

  /** Asserts that this text is refused with such a message, in which no part of it appears. */
  static void assertRefused(String text, String messageStart, Executable parsing) {
    InvalidSignatureTextException refusal =
        assertThrows(InvalidSignatureTextException.class, parsing);
    String message = messageOf(refusal);
    assertTrue(message.startsWith(messageStart), message);
    WORTH_HIDING
        .matcher(text)
        .results()
        .forEach(part -> assertFalse(message.contains(part.group()), message));
    assertTrue(message.length() < 400, message);
  }

  static String messageOf(Throwable thrown) {
    return String.valueOf(thrown.getMessage());
  }
}
