package dev.hotupdater.signature;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * Which pair of keys a public key or a signature belongs to: eight random bytes that the signing
 * tool drew when it made the pair. It tells pairs apart and proves nothing. Immutable.
 */
public final class MinisignKeyId {
  static final int BYTES = Long.BYTES;

  private final long value;

  private MinisignKeyId(long value) {
    this.value = value;
  }

  /** The id in the eight bytes from {@code offset} on. */
  static MinisignKeyId at(int offset, byte[] bytes) {
    return new MinisignKeyId(
        ByteBuffer.wrap(bytes, offset, BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MinisignKeyId && ((MinisignKeyId) other).value == value;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(value);
  }

  /** The id as minisign prints it: in upper-case hexadecimal digits, without leading zeros. */
  @Override
  public String toString() {
    return Long.toHexString(value).toUpperCase(Locale.ROOT);
  }
}
