package dev.hotupdater.archive;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** The SHA-256 and the CRC-32 of bytes that pass. Not thread-safe. */
final class Checksums {
  private final MessageDigest sha256;
  private final CRC32 crc32 = new CRC32();

  Checksums() {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Adds the remaining bytes of this buffer, and leaves it as it is. */
  void update(ByteBuffer bytes) {
    sha256.update(bytes.duplicate());
    crc32.update(bytes.duplicate());
  }

  /** In 64 lower-case hexadecimal digits. To be called once, at the end. */
  String sha256() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  long crc32() {
    return crc32.getValue();
  }

  /** In 8 lower-case hexadecimal digits. */
  String crc32Text() {
    return HexFormat.of().toHexDigits((int) crc32());
  }
}
