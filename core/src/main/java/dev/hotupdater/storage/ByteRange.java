package dev.hotupdater.storage;

/**
 * A run of bytes of an object.
 *
 * @param start the offset of the first byte, from 0
 * @param length how many bytes at most; {@link Long#MAX_VALUE} for all that follow
 */
public record ByteRange(long start, long length) {
  /** Every byte. */
  public static final ByteRange ALL = new ByteRange(0, Long.MAX_VALUE);

  /** Checks the numbers. */
  public ByteRange {
    if (start < 0 || length < 1) {
      throw new IllegalArgumentException("start must not be negative, length must be positive");
    }
  }
}
