package dev.hotupdater.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How many bytes a stream had, and which. */
record Checksum(long length, String sha256) {
  /** Reads the stream to its end. */
  static Checksum of(InputStream in) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
    byte[] buffer = new byte[64 * 1024];
    long length = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      digest.update(buffer, 0, count);
      length += count;
    }
    return new Checksum(length, HexFormat.of().formatHex(digest.digest()));
  }

  static Checksum of(byte[] bytes) throws IOException {
    return of(new ByteArrayInputStream(bytes));
  }
}
