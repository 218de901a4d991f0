package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.util.Iterator;
import java.util.List;

/**
 * Where entries may lie: from the first byte of the file on, one behind the other, up to the
 * central directory. Then a client that reads the file from its beginning finds what one finds that
 * starts at its end.
 */
final class Layout {
  private Layout() {}

  /**
   * Checks what the central directory says; how long a local header really is, it does not say.
   *
   * @param entries in the order in which they lie in the file
   */
  static void check(List<EntryHeader> entries, long directoryStart) {
    if (!entries.isEmpty() && entries.get(0).offset() != 0) {
      throw gap(0, entries.get(0).offset());
    }
    Iterator<EntryHeader> following = entries.iterator();
    if (following.hasNext()) {
      following.next();
    }
    for (EntryHeader entry : entries) {
      long end = following.hasNext() ? following.next().offset() : directoryStart;
      if (LocalHeader.shortestEnd(entry) > end) {
        throw overlap(entry);
      }
    }
  }

  static RejectedZipException overlap(EntryHeader entry) {
    return RejectedZipException.ofEntry(
        Reason.OVERLAP,
        entry.name().text(),
        "shares bytes with another entry or with the central directory");
  }

  static RejectedZipException gap(long start, long end) {
    return RejectedZipException.of(
        Reason.GAP,
        "The zip has " + (end - start) + " bytes at " + start + " that belong to no entry.");
  }
}
