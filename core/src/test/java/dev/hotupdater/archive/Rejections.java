package dev.hotupdater.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.nio.file.Path;

/** What all rejections have in common. */
final class Rejections {
  private Rejections() {}

  /** Asserts that this zip is rejected for that reason; returns the message. */
  static String assertRejected(Reason reason, ZipAdmission admission, Path zip) {
    RejectedZipException rejection =
        assertThrows(RejectedZipException.class, () -> admission.admit(zip));
    String message = String.valueOf(rejection.getMessage());
    assertEquals(reason, rejection.reason(), message);
    assertTrue(message.endsWith(".") && message.length() < 500, message);
    assertFalse(message.codePoints().anyMatch(Character::isISOControl), message);
    return message;
  }
}
