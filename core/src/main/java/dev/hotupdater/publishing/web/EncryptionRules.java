package dev.hotupdater.publishing.web;

import dev.hotupdater.liveupdate.WebArtifact.Encryption;
import dev.hotupdater.release.InvalidReleaseException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The form of what a device needs to decrypt a bundle. Source: Capacitor protocols, section A5.
 * Whether it fits the bundle only the device can tell.
 */
final class EncryptionRules {
  private static final int IV_BYTES = 16;
  private static final int RSA_BYTES = 256;
  private static final Pattern HEX_CHECKSUM = Pattern.compile("[0-9a-f]{512}");
  private static final int MAX_KEY_ID_LENGTH = 128;

  private EncryptionRules() {}

  /**
   * Checks the form.
   *
   * @throws InvalidReleaseException naming the field that has another one
   */
  static void check(Encryption encryption) {
    String[] parts = encryption.sessionKey().split(":", -1);
    if (parts.length != 2 || !isBase64Of(IV_BYTES, parts[0]) || !isBase64Of(RSA_BYTES, parts[1])) {
      throw invalid(
          "session_key",
          "must be base64 of 16 bytes, a colon, and base64 of 256 bytes, as the command line that"
              + " encrypts the bundle prints it");
    }
    String checksum = encryption.checksum();
    if (!HEX_CHECKSUM.matcher(checksum).matches() && !isBase64Of(RSA_BYTES, checksum)) {
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

  private static boolean isBase64Of(int bytes, String text) {
    if (text.length() != (bytes + 2) / 3 * 4) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(text).length == bytes;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static InvalidReleaseException invalid(String field, String expectation) {
    return new InvalidReleaseException(field, "The field '" + field + "' " + expectation + ".");
  }
}
