package dev.hotupdater.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A stream of any size that needs no memory. Its bytes repeat only after a length that is no round
 * number, so that a block that is lost, doubled or moved changes the checksum.
 */
final class GeneratedStream extends InputStream {
  private static final byte[] PATTERN = pattern();

  private final long size;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long position;

  GeneratedStream(long size) {
    this.size = size;
  }

  private static byte[] pattern() {
    byte[] bytes = new byte[65_521];
    int state = 0x2545f491;
    for (int i = 0; i < bytes.length; i++) {
      state = state * 1_103_515_245 + 12_345;
      bytes[i] = (byte) (state >>> 16);
    }
    return bytes;
  }

  /** How many bytes were read. */
  long position() {
    return position;
  }

  /** Whether the stream is closed, or will be in the next half minute. */
  boolean isSoonClosed() throws InterruptedException {
    return closed.await(30, TimeUnit.SECONDS);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (closed.getCount() == 0) {
      throw new IOException("The stream is closed");
    }
    if (position >= size) {
      return -1;
    }
    int start = (int) (position % PATTERN.length);
    int count = (int) Math.min(Math.min(length, PATTERN.length - start), size - position);
    System.arraycopy(PATTERN, start, bytes, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
