package dev.hotupdater.login;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that tokens are signed with. Who knows it can sign in as anybody. All servers behind
 * one address need the same, and nothing else should use it. Immutable.
 */
public final class TokenSecret {
  private static final int MIN_BYTES = 32;
  private static final int MAX_BYTES = 1_024;
  private static final int MIN_DISTINCT = 8;
  private static final int KEY_ID_BYTES = 8;

  private final byte[] bytes;
  private final String keyId;

  private TokenSecret(byte[] bytes) {
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES || isMonotonous(bytes)) {
      throw new IllegalArgumentException(
          "The secret of tokens must be "
              + MIN_BYTES
              + " to "
              + MAX_BYTES
              + " random bytes, such as those that `openssl rand -base64 32` prints.");
    }
    this.bytes = bytes;
    keyId = Base64.getUrlEncoder().withoutPadding().encodeToString(hashed(bytes));
  }

  /**
   * The secret with these bytes, which are copied.
   *
   * @param bytes 32 to 1,024 random bytes
   * @throws IllegalArgumentException if they are fewer or more, or so few different ones that they
   *     cannot be random
   */
  public static TokenSecret of(byte[] bytes) {
    return new TokenSecret(bytes.clone());
  }

  /**
   * The secret with the bytes of this text, which is base64 in either alphabet, with or without
   * padding; white space around it is ignored.
   *
   * @throws IllegalArgumentException if it is not base64, or not such a secret; the message does
   *     not repeat it
   */
  public static TokenSecret ofBase64(String text) {
    String standard = text.strip().replace('-', '+').replace('_', '/');
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(standard);
    } catch (IllegalArgumentException e) {
      // Without the cause, which would repeat a character of it.
      throw new IllegalArgumentException(
          "The secret of tokens is not base64. `openssl rand -base64 32` prints one that is.");
    }
    return new TokenSecret(bytes);
  }

  private static boolean isMonotonous(byte[] bytes) {
    boolean[] seen = new boolean[256];
    int distinct = 0;
    for (byte b : bytes) {
      distinct += seen[b & 0xff] ? 0 : 1;
      seen[b & 0xff] = true;
    }
    return distinct < MIN_DISTINCT;
  }

  private static byte[] hashed(byte[] secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return Arrays.copyOf(
          mac.doFinal("hot-updater token key id".getBytes(US_ASCII)), KEY_ID_BYTES);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java has HMAC with SHA-256", e);
    }
  }

  /** The bytes, which must not be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** The name of this secret in the tokens that it has signed, which says nothing about it. */
  String keyId() {
    return keyId;
  }

  @Override
  public String toString() {
    return "TokenSecret";
  }
}
