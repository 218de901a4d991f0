package dev.hotupdater.patches;

import java.io.OutputStream;
import java.util.Arrays;

/** Compares what is written to it with what is expected, and keeps nothing of it. */
final class ExpectedContent extends OutputStream {
  private final byte[] expected;
  private int size;
  private boolean isSame = true;

  ExpectedContent(byte[] expected) {
    this.expected = expected;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    isSame =
        isSame
            && length <= expected.length - size
            && Arrays.equals(bytes, offset, offset + length, expected, size, size + length);
    size += isSame ? length : 0;
  }

  /** Whether all of what is expected has been written, and nothing else. */
  boolean isComplete() {
    return isSame && size == expected.length;
  }
}
