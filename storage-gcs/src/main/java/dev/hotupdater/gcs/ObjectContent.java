package dev.hotupdater.gcs;

import dev.hotupdater.storage.StorageException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** The bytes of an object, of which the first are here already. Not for use by several threads. */
final class ObjectContent extends InputStream {
  private final String key;
  private final ByteBuffer first;
  private final InputStream rest;
  private final Failures failures;
  private long remaining;

  /**
   * The content of an object.
   *
   * @param length how many bytes there are, the first ones included
   */
  ObjectContent(String key, ByteBuffer first, InputStream rest, long length, Failures failures) {
    this.key = key;
    this.first = first;
    this.rest = rest;
    this.remaining = length;
    this.failures = failures;
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
    if (remaining == 0) {
      return -1;
    }
    int count = fetch(target, offset, (int) Math.min(length, remaining));
    if (count < 0) {
      // Ending quietly would pass a download that was cut short for a whole one.
      throw new EOFException("'" + key + "' was cut short while it was read");
    }
    remaining -= count;
    return count;
  }

  private int fetch(byte[] target, int offset, int length) throws IOException {
    if (first.hasRemaining()) {
      int count = Math.min(length, first.remaining());
      first.get(target, offset, count);
      return count;
    }
    try {
      return rest.read(target, offset, length);
    } catch (IOException | RuntimeException e) {
      StorageException failure = failures.of(Operation.READ, key, e);
      throw new IOException(failure.getMessage(), failure);
    }
  }

  @Override
  public void close() throws IOException {
    rest.close();
  }
}
