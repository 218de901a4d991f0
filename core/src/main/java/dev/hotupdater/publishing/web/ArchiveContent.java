package dev.hotupdater.publishing.web;

import dev.hotupdater.archive.OpaqueBundle;
import dev.hotupdater.storage.StorageException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The bytes of an archive on their way to where they stay. Reading its last byte fails if they are
 * not those that were admitted. Not thread-safe.
 */
final class ArchiveContent extends FilterInputStream {
  private final OpaqueBundle admitted;
  private final MessageDigest digest = sha256Digest();
  private long read;

  private ArchiveContent(InputStream content, OpaqueBundle admitted) {
    super(content);
    this.admitted = admitted;
  }

  static ArchiveContent of(InputStream content, OpaqueBundle admitted) {
    return new ArchiveContent(content, admitted);
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (count > 0) {
      digest.update(target, offset, count);
      read += count;
      if (read == admitted.size()) {
        requireAdmitted();
      }
    }
    return count;
  }

  private void requireAdmitted() {
    if (!HexFormat.of().formatHex(digest.digest()).equals(admitted.sha256())) {
      throw new StorageException(
          "The upload has changed while it was being published. Upload it again.");
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
