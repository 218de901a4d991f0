package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The record at the end of a zip, which says where the central directory is. Clients search for it
 * from the end of the file, and take what looks like one; so the last that looks like one has to be
 * it, and what it says has to fit exactly.
 *
 * @param entries how many entries there are
 * @param directoryStart where the first record of the central directory is
 * @param directoryEnd where the central directory ends, and this record begins
 */
record EndRecord(int entries, long directoryStart, long directoryEnd) {
  private static final int SIGNATURE = 0x06054b50;
  private static final int BYTES = 22;
  private static final int MAX_COMMENT = 0xffff;

  private static final int ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
  private static final int ZIP64_LOCATOR_BYTES = 20;

  private static final int NO_16 = 0xffff;
  private static final long NO_32 = 0xffffffffL;

  static EndRecord read(FileChannel channel, long size) throws IOException {
    long tailStart = Math.max(0, size - BYTES - MAX_COMMENT - ZIP64_LOCATOR_BYTES);
    FileRun run = FileRun.between(channel, tailStart, size);
    ByteBuffer tail = run.next((int) (size - tailStart));
    int index = lastRecord(tail);
    return parse(tail, index, tailStart + index);
  }

  private static int lastRecord(ByteBuffer tail) {
    int last = tail.limit() - BYTES;
    for (int index = last; index >= Math.max(0, last - MAX_COMMENT); index--) {
      if (tail.getInt(index) == SIGNATURE) {
        if (index + Unsigned.int16(tail, index + 20) != last) {
          throw RejectedZipException.of(
              Reason.GAP,
              "The zip has bytes behind its end record that are not the comment announced there.");
        }
        return index;
      }
    }
    throw RejectedZipException.of(
        Reason.NOT_A_ZIP, "The file is not a zip, or its end is missing: it has no end record.");
  }

  private static EndRecord parse(ByteBuffer tail, int index, long position) {
    int entries = Unsigned.int16(tail, index + 10);
    long directorySize = Unsigned.int32(tail, index + 12);
    long directoryStart = Unsigned.int32(tail, index + 16);
    boolean isBeyondFields = entries == NO_16 || directorySize == NO_32 || directoryStart == NO_32;
    if (isBeyondFields || hasZip64Locator(tail, index)) {
      throw RejectedZipException.of(
          Reason.ZIP64,
          "The zip uses the ZIP64 extension, which no bundle of an allowed size needs.");
    }
    if (Unsigned.int16(tail, index + 4) != 0
        || Unsigned.int16(tail, index + 6) != 0
        || Unsigned.int16(tail, index + 8) != entries) {
      throw RejectedZipException.of(
          Reason.MULTIPLE_DISKS, "The zip is one of several parts of an archive.");
    }
    if (directoryStart + directorySize > position) {
      throw RejectedZipException.of(
          Reason.BROKEN_STRUCTURE,
          "The end record of the zip names a central directory that does not fit in front of it.");
    }
    if (directoryStart + directorySize < position) {
      throw RejectedZipException.of(
          Reason.GAP,
          "The zip has "
              + (position - directoryStart - directorySize)
              + " bytes that belong to no entry: in front of its first entry, or between its"
              + " central directory and its end record.");
    }
    return new EndRecord(entries, directoryStart, position);
  }

  private static boolean hasZip64Locator(ByteBuffer tail, int index) {
    return index >= ZIP64_LOCATOR_BYTES
        && tail.getInt(index - ZIP64_LOCATOR_BYTES) == ZIP64_LOCATOR_SIGNATURE;
  }
}
