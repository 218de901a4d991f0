package dev.hotupdater.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells contents from each other, also against somebody who wants two to look the same. */
public final class ContentHash {
  private static final int BYTES = 16;

  private ContentHash() {}

  /** The first half of the SHA-256 of these bytes, in 32 hexadecimal digits. */
  public static String of(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
