package dev.hotupdater.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.Inflater;

/**
 * Reads a zip from its first byte to its last, once: unpacks every entry in passing and forgets the
 * content. Not thread-safe.
 */
final class ContentCheck {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final FileRun run;
  private final Inflater inflater;

  private ContentCheck(FileRun run, Inflater inflater) {
    this.run = run;
    this.inflater = inflater;
  }

  /**
   * Checks the file.
   *
   * @param entries in the order in which they lie in the file
   * @param directoryStart where they end
   */
  static Result check(
      FileChannel channel, long size, List<EntryHeader> entries, long directoryStart)
      throws IOException {
    Checksums checksums = new Checksums();
    FileRun run = FileRun.summed(channel, size, checksums);
    Inflater inflater = new Inflater(true);
    try {
      List<CheckedEntry> checked = new ContentCheck(run, inflater).check(entries, directoryStart);
      run.drain();
      return new Result(
          List.copyOf(checked), new OpaqueBundle(checksums.sha256(), checksums.crc32Text(), size));
    } finally {
      inflater.end();
    }
  }

  private List<CheckedEntry> check(List<EntryHeader> entries, long directoryStart)
      throws IOException {
    List<CheckedEntry> checked = new ArrayList<>();
    Iterator<EntryHeader> following = entries.stream().skip(1).iterator();
    for (EntryHeader entry : entries) {
      checked.add(check(entry, following.hasNext() ? following.next().offset() : directoryStart));
    }
    return checked;
  }

  private CheckedEntry check(EntryHeader entry, long end) throws IOException {
    LocalHeader.read(run, entry, end);
    long start = run.position();
    inflater.reset();
    String sha256 = EntryContent.first(entry, run, inflater).drain(buffer);
    if (entry.flags().hasDescriptor()) {
      DataDescriptor.read(run, entry, end);
    }
    if (run.position() < end) {
      throw Layout.gap(run.position(), end);
    }
    return new CheckedEntry(entry, start, sha256);
  }

  /**
   * What is found in a file.
   *
   * @param entries in the order in which they lie in it
   * @param file its checksums and its size
   */
  record Result(List<CheckedEntry> entries, OpaqueBundle file) {}
}
