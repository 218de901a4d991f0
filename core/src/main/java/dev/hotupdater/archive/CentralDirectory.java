package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the central directory of a zip, and refuses whatever can be refused by it alone: before any
 * content is unpacked.
 */
final class CentralDirectory {
  private static final int SIGNATURE = 0x02014b50;
  private static final int HEADER_BYTES = 46;

  private final ZipLimits limits;
  private final FileRun run;
  private final NameTree names;

  private CentralDirectory(ZipLimits limits, FileRun run) {
    this.limits = limits;
    this.run = run;
    this.names = new NameTree(limits.maxEntries());
  }

  /** The entries in the order in which they lie in the file, and their names as a tree. */
  static Content read(FileChannel channel, EndRecord end, ZipLimits limits) throws IOException {
    FileRun run = FileRun.between(channel, end.directoryStart(), end.directoryEnd());
    return new CentralDirectory(limits, run).read(end);
  }

  private Content read(EndRecord end) throws IOException {
    if (end.entries() > limits.maxEntries()) {
      throw RejectedZipException.of(
          Reason.TOO_MANY_ENTRIES,
          "The zip has "
              + end.entries()
              + " entries, but only "
              + limits.maxEntries()
              + " are allowed.");
    }
    List<EntryHeader> entries = new ArrayList<>();
    for (int i = 0; i < end.entries(); i++) {
      EntryHeader entry = nextEntry();
      names.add(entry.name());
      entries.add(entry);
    }
    if (run.remaining() > 0) {
      throw RejectedZipException.of(
          Reason.BROKEN_STRUCTURE,
          "The central directory of the zip has more in it than the announced "
              + end.entries()
              + " entries.");
    }
    entries.sort(Comparator.comparingLong(EntryHeader::offset));
    Layout.check(entries, end.directoryStart());
    DeclaredSizes.check(entries, limits);
    return new Content(List.copyOf(entries), names);
  }

  private EntryHeader nextEntry() throws IOException {
    ByteBuffer header = next(HEADER_BYTES);
    if (header.getInt(0) != SIGNATURE) {
      throw RejectedZipException.of(
          Reason.BROKEN_STRUCTURE, "The central directory of the zip is damaged.");
    }
    // Copied out: the buffer is gone as soon as the name is read.
    int attributes = header.getInt(38);
    int flagBits = Unsigned.int16(header, 8);
    int method = Unsigned.int16(header, 10);
    long crc32 = Unsigned.int32(header, 16);
    long compressedSize = Unsigned.int32(header, 20);
    long size = Unsigned.int32(header, 24);
    int nameLength = Unsigned.int16(header, 28);
    int extraLength = Unsigned.int16(header, 30);
    int commentLength = Unsigned.int16(header, 32);
    int disk = Unsigned.int16(header, 34);
    long offset = Unsigned.int32(header, 42);

    requireNameLength(nameLength);
    EntryName name = EntryName.parse(next(nameLength), GeneralFlags.isUtf8(flagBits));
    ExtraFields.check(next(extraLength), name);
    next(commentLength);
    if (disk != 0) {
      throw RejectedZipException.ofEntry(
          Reason.MULTIPLE_DISKS, name.text(), "is in another part of a split archive");
    }
    FileKind.check(attributes, name);
    return new EntryHeader(
        name,
        GeneralFlags.of(flagBits, name),
        Compression.of(method, name),
        crc32,
        compressedSize,
        size,
        offset);
  }

  private void requireNameLength(int length) {
    if (length > limits.maxNameLength()) {
      throw RejectedZipException.of(
          Reason.NAME_TOO_LONG,
          "The zip has an entry with a name of "
              + length
              + " bytes, but only "
              + limits.maxNameLength()
              + " are allowed.");
    }
  }

  private ByteBuffer next(int count) throws IOException {
    if (count > run.remaining()) {
      throw RejectedZipException.of(
          Reason.BROKEN_STRUCTURE, "The central directory of the zip is cut off.");
    }
    return run.next(count);
  }

  /**
   * What is in a central directory.
   *
   * @param entries in the order in which they lie in the file
   * @param names their names
   */
  record Content(List<EntryHeader> entries, NameTree names) {}
}
