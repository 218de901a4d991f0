package dev.hotupdater.patches;

import java.nio.charset.StandardCharsets;

/**
 * The format of patch files: 16 bytes that name it, the size of the target, and one bzip2 stream of
 * records. A record is three numbers (how many bytes to add to those of the base, how many to take
 * as they are, how far to move in the base afterwards) and the bytes themselves.
 *
 * <p>Source: Hot Updater protocol, "Patch file format".
 */
final class PatchFormat {
  /** The bytes of a number. */
  static final int NUMBER_BYTES = 8;

  /** The bytes of the numbers at the start of a record. */
  static final int CONTROL_BYTES = 3 * NUMBER_BYTES;

  private static final byte[] MAGIC = "ENDSLEY/BSDIFF43".getBytes(StandardCharsets.US_ASCII);
  private static final long SIGN = 1L << 63;

  private PatchFormat() {}

  /** The first bytes of every patch. */
  static byte[] magic() {
    return MAGIC.clone();
  }

  /** Writes a number: its magnitude with the least byte first, and the sign in the highest bit. */
  static void putNumber(byte[] target, int offset, long number) {
    long rest = number < 0 ? -number | SIGN : number;
    for (int i = offset; i < offset + NUMBER_BYTES; i++) {
      target[i] = (byte) rest;
      rest >>>= 8;
    }
  }

  /** Reads a number. */
  static long number(byte[] source, int offset) {
    long bits = 0;
    for (int i = offset + NUMBER_BYTES - 1; i >= offset; i--) {
      bits = bits << 8 | source[i] & 0xff;
    }
    return bits < 0 ? -(bits & ~SIGN) : bits;
  }
}
