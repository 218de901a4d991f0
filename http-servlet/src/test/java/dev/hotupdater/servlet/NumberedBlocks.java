package dev.hotupdater.servlet;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * A file of any size that exists nowhere: blocks of noise, each beginning with its number, so that
 * none can be lost, doubled or moved unnoticed.
 */
final class NumberedBlocks extends InputStream {
  private static final int BLOCK = 64 * 1024;

  private final byte[] block = new byte[BLOCK];
  private final long size;
  private long position;

  NumberedBlocks(long size) {
    this.size = size;
    new Random(42).nextBytes(block);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (position >= size) {
      return -1;
    }
    int start = (int) (position % BLOCK);
    ByteBuffer.wrap(block).putLong(0, position / BLOCK);
    int count = (int) Math.min(Math.min(length, BLOCK - start), size - position);
    System.arraycopy(block, start, bytes, offset, count);
    position += count;
    return count;
  }
}
