package dev.hotupdater.publishing.web;

import dev.hotupdater.liveupdate.EncryptionFormat;
import dev.hotupdater.liveupdate.WebArtifact.Encryption;
import dev.hotupdater.release.InvalidReleaseException;

/** What is refused of what a device needs to decrypt a bundle. */
final class EncryptionRules {
  private static final int MAX_KEY_ID_LENGTH = 128;

  private EncryptionRules() {}

  /**
   * Checks the form.
   *
   * @throws InvalidReleaseException naming the field that has another one
   */
  static void check(Encryption encryption) {
    if (!EncryptionFormat.isSessionKey(encryption.sessionKey())) {
      throw invalid(
          "session_key",
          "must be base64 of 16 bytes, a colon, and base64 of 256 bytes, as the command line that"
              + " encrypts the bundle prints it");
    }
    if (!EncryptionFormat.isChecksum(encryption.checksum())) {
      throw invalid(
          "checksum",
          "must be the encrypted one: 256 bytes in 512 hexadecimal digits in lower case, or in"
              + " base64");
    }
    if (encryption
        .keyId()
        .filter(id -> id.isBlank() || id.length() > MAX_KEY_ID_LENGTH)
        .isPresent()) {
      throw invalid("key_id", "must have 1 to " + MAX_KEY_ID_LENGTH + " characters");
    }
  }

  private static InvalidReleaseException invalid(String field, String expectation) {
    return new InvalidReleaseException(field, "The field '" + field + "' " + expectation + ".");
  }
}
