package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The checksum and the sizes behind the content of an entry, with a signature or without. */
final class DataDescriptor {
  private static final int SIGNATURE = 0x08074b50;
  private static final int SIGNATURE_BYTES = 4;
  private static final int BYTES = 12;

  private DataDescriptor() {}

  /**
   * Reads the descriptor of this entry.
   *
   * @param run right behind the content
   * @param end where the next entry, or the central directory, begins
   */
  static void read(FileRun run, EntryHeader entry, long end) throws IOException {
    long length = end - run.position();
    if (length != BYTES && length != SIGNATURE_BYTES + BYTES) {
      throw refused(entry, Reason.BROKEN_STRUCTURE, "has no valid descriptor behind its content");
    }
    ByteBuffer descriptor = run.next((int) length);
    boolean isSigned = length != BYTES;
    // A client that reads on cannot know the length: it goes by the signature.
    if ((descriptor.getInt(0) == SIGNATURE) != isSigned) {
      throw refused(entry, Reason.BROKEN_STRUCTURE, "has no valid descriptor behind its content");
    }
    int index = isSigned ? SIGNATURE_BYTES : 0;
    if (Unsigned.int32(descriptor, index) != entry.crc32()
        || Unsigned.int32(descriptor, index + 4) != entry.compressedSize()
        || Unsigned.int32(descriptor, index + 8) != entry.size()) {
      throw refused(
          entry,
          Reason.HEADERS_DISAGREE,
          "is described differently in the central directory and behind its content");
    }
  }

  private static RejectedZipException refused(EntryHeader entry, Reason reason, String what) {
    return RejectedZipException.ofEntry(reason, entry.name().text(), what);
  }
}
