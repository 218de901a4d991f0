package dev.hotupdater.archive;

import java.nio.ByteBuffer;

/** The unsigned numbers that headers are made of. */
final class Unsigned {
  private Unsigned() {}

  static int int16(ByteBuffer header, int index) {
    return Short.toUnsignedInt(header.getShort(index));
  }

  static long int32(ByteBuffer header, int index) {
    return Integer.toUnsignedLong(header.getInt(index));
  }
}
