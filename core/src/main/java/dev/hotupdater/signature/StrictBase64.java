package dev.hotupdater.signature;

import java.util.Base64;
import java.util.Optional;

/**
 * Standard base64 as the strictest client reads it: padded, without anything that is not base64,
 * and without bits set that are not used.
 */
final class StrictBase64 {
  private StrictBase64() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The bytes; empty if this is not exactly how {@link #encode} writes them. */
  static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      // The decoder of the JDK does without the padding, and does not look at unused bits.
      return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The bytes; empty if this is not base64 of that many bytes. */
  static Optional<byte[]> decode(String text, int length) {
    return decode(text).filter(bytes -> bytes.length == length);
  }
}
