package dev.hotupdater.publishing.web;

import dev.hotupdater.archive.OpaqueBundle;
import dev.hotupdater.storage.StorageException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * The bytes of an archive on their way to where they stay, or to those who sign them. Reading its
 * last byte fails if they are not those that are expected, as does reading beyond it, and an end
 * before it. Not thread-safe.
 */
final class ArchiveContent extends FilterInputStream {
  private final long size;
  private final String sha256;
  private final Supplier<RuntimeException> failure;
  private final MessageDigest digest = sha256Digest();
  private long read;

  private ArchiveContent(
      InputStream content, long size, String sha256, Supplier<RuntimeException> failure) {
    super(content);
    this.size = size;
    this.sha256 = sha256;
    this.failure = failure;
  }

  /** The bytes of an upload that was admitted. */
  static ArchiveContent of(InputStream content, OpaqueBundle admitted) {
    return of(
        content,
        admitted.size(),
        admitted.sha256(),
        () ->
            new StorageException(
                "The upload has changed while it was being published. Upload it again."));
  }

  /**
   * The bytes of this size and SHA-256.
   *
   * @param failure what is thrown if they are others
   */
  static ArchiveContent of(
      InputStream content, long size, String sha256, Supplier<RuntimeException> failure) {
    return new ArchiveContent(content, size, sha256, failure);
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
    if (count < 0) {
      require(read == size);
    } else if (count > 0) {
      read += count;
      require(read <= size);
      digest.update(target, offset, count);
      if (read == size) {
        require(HexFormat.of().formatHex(digest.digest()).equals(sha256));
      }
    }
    return count;
  }

  private void require(boolean isExpected) {
    if (!isExpected) {
      throw failure.get();
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
