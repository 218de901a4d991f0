package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The header in front of the content of an entry, which has to say what the directory says. */
final class LocalHeader {
  private static final int SIGNATURE = 0x04034b50;
  private static final int BYTES = 30;

  private LocalHeader() {}

  /** Where an entry ends at the earliest. */
  static long shortestEnd(EntryHeader entry) {
    return entry.offset() + BYTES + entry.name().length() + entry.compressedSize();
  }

  /**
   * Reads the header of this entry, after which its content follows.
   *
   * @param run at the beginning of the header
   * @param end where the next entry, or the central directory, begins
   */
  static void read(FileRun run, EntryHeader entry, long end) throws IOException {
    ByteBuffer header = run.next(BYTES);
    if (header.getInt(0) != SIGNATURE) {
      throw refused(Reason.BROKEN_STRUCTURE, entry, "has no header where it should begin");
    }
    EntryName name = entry.name();
    int nameLength = Unsigned.int16(header, 26);
    int extraLength = Unsigned.int16(header, 28);
    boolean isSame =
        GeneralFlags.of(Unsigned.int16(header, 6), name).equals(entry.flags())
            && Compression.of(Unsigned.int16(header, 8), name) == entry.compression()
            && isSame(header, 14, entry.crc32(), entry)
            && isSame(header, 18, entry.compressedSize(), entry)
            && isSame(header, 22, entry.size(), entry)
            && nameLength == name.length();
    if (!isSame || !name.isIn(run.next(nameLength))) {
      throw refused(
          Reason.HEADERS_DISAGREE,
          entry,
          "is described differently in the central directory and in front of its content");
    }
    if (run.position() + extraLength + entry.compressedSize() > end) {
      throw Layout.overlap(entry);
    }
    ExtraFields.check(run.next(extraLength), name);
  }

  private static boolean isSame(ByteBuffer header, int index, long value, EntryHeader entry) {
    long found = Unsigned.int32(header, index);
    // Whoever writes the number behind the content has not known it here.
    return found == value || found == 0 && entry.flags().hasDescriptor();
  }

  private static RejectedZipException refused(Reason reason, EntryHeader entry, String what) {
    return RejectedZipException.ofEntry(reason, entry.name().text(), what);
  }
}
