package dev.hotupdater.s3.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Tells contents from each other. */
final class TextDigest {
  private static final int BYTES = 16;

  private TextDigest() {}

  /** The first half of the SHA-256 of the text, in 32 hexadecimal digits. */
  static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same of a text in UTF-8. */
  static String of(byte[] text) {
    return HexFormat.of().formatHex(sha256(text), 0, BYTES);
  }

  /**
   * The SHA-256 of a body in base64. Said in advance, it spares the trailer that the client would
   * otherwise add to the body, which some stores do not wait for.
   */
  static String base64(byte[] body) {
    return Base64.getEncoder().encodeToString(sha256(body));
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
