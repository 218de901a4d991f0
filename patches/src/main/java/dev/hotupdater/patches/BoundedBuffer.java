package dev.hotupdater.patches;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes in memory, up to a limit. What would exceed it fails. Not for use by several threads. */
final class BoundedBuffer extends OutputStream {
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private final long limit;

  /** More was written than there is room for. */
  static final class FullException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  BoundedBuffer(long limit) {
    this.limit = limit;
  }

  @Override
  public void write(int value) throws IOException {
    requireRoom(1);
    content.write(value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireRoom(length);
    content.write(bytes, offset, length);
  }

  private void requireRoom(int count) throws FullException {
    if (content.size() + (long) count > limit) {
      throw new FullException();
    }
  }

  byte[] toByteArray() {
    return content.toByteArray();
  }
}
