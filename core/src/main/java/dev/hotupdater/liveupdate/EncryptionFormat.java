package dev.hotupdater.liveupdate;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The form of what a device needs to decrypt a bundle. Whether it fits the bundle only the device
 * can tell. Source: Capacitor protocols, section A5.
 */
public final class EncryptionFormat {
  private static final int IV_BYTES = 16;
  private static final int RSA_BYTES = 256;
  private static final Pattern HEX_CHECKSUM = Pattern.compile("[0-9a-f]{512}");

  private EncryptionFormat() {}

  /** Whether a text is base64 of 16 bytes, a colon, and base64 of 256 bytes. */
  public static boolean isSessionKey(String text) {
    // Old clients split it at the colon, whatever it is.
    String[] parts = text.split(":", -1);
    return parts.length == 2 && isBase64Of(IV_BYTES, parts[0]) && isBase64Of(RSA_BYTES, parts[1]);
  }

  /** Whether a text is 256 bytes in 512 hexadecimal digits in lower case, or in base64. */
  public static boolean isChecksum(String text) {
    return HEX_CHECKSUM.matcher(text).matches() || isBase64Of(RSA_BYTES, text);
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
}
