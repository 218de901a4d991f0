package dev.hotupdater.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of an object that is being written, which has to have exactly the announced size. For
 * those who write a storage: reading the last byte fails if more follow, so that an upload of a
 * known length never completes with a part of them. Closing it leaves the stream of the caller
 * open. Not for use by several threads.
 */
public final class SizedContent extends InputStream {
  private final InputStream content;
  private final long size;
  private long total;
  private @Nullable RuntimeException problem;

  private SizedContent(InputStream content, long size) {
    this.content = content;
    this.size = size;
  }

  /**
   * The content of this size.
   *
   * @param size in bytes, not negative
   */
  public static SizedContent of(InputStream content, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative");
    }
    return new SizedContent(content, size);
  }

  /**
   * What is wrong with the content itself, if reading it has failed: a {@link StorageException} if
   * it has another size or breaks off, or whatever the stream of the caller has thrown. To be
   * thrown in place of what came of it; absent if it is not the content that made an upload fail.
   */
  public Optional<RuntimeException> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (total == size) {
      requireEnd();
      return -1;
    }
    int count = readContent(target, offset, (int) Math.min(length, size - total));
    if (count < 0) {
      throw failed(
          new StorageException(
              "The content has " + total + " bytes, but " + size + " were announced."));
    }
    total += count;
    if (total == size) {
      requireEnd();
    }
    return count;
  }

  private void requireEnd() throws IOException {
    if (readContent(new byte[1], 0, 1) >= 0) {
      throw failed(
          new StorageException(
              "The content is larger than the " + size + " bytes that were announced."));
    }
  }

  private int readContent(byte[] target, int offset, int length) throws IOException {
    if (problem != null) {
      throw new IOException(problem);
    }
    try {
      return content.read(target, offset, length);
    } catch (RuntimeException e) {
      throw failed(e);
    } catch (IOException e) {
      throw failed(
          new StorageException(
              "The content could not be read to its end, so nothing was written.", e));
    }
  }

  private IOException failed(RuntimeException what) {
    problem = what;
    return new IOException(what);
  }
}
