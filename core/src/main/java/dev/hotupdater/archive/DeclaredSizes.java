package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.util.List;

/** Refuses a zip whose headers announce more than is allowed, or what cannot be. */
final class DeclaredSizes {
  private final ZipLimits limits;

  private DeclaredSizes(ZipLimits limits) {
    this.limits = limits;
  }

  static void check(List<EntryHeader> entries, ZipLimits limits) {
    DeclaredSizes sizes = new DeclaredSizes(limits);
    entries.forEach(sizes::checkEntry);
    sizes.checkTotal(entries);
  }

  private void checkEntry(EntryHeader entry) {
    if (entry.flags().hasDescriptor() && entry.compression() == Compression.STORED) {
      throw refused(
          Reason.STORED_WITH_DESCRIPTOR,
          entry,
          "is STORED with its size behind it, which Android cannot read (\"only DEFLATED entries"
              + " can have EXT descriptor\"); write the zip to a file instead of a stream, or"
              + " compress every entry");
    }
    if (entry.compression() == Compression.STORED && entry.size() != entry.compressedSize()) {
      throw refused(Reason.HEADERS_DISAGREE, entry, "is STORED, but its two sizes differ");
    }
    if (entry.name().isFolder() && entry.size() != 0) {
      throw refused(Reason.SPECIAL_FILE, entry, "is a folder, but has content");
    }
    if (entry.size() > limits.maxEntrySize()) {
      throw refused(
          Reason.ENTRY_TOO_LARGE,
          entry,
          "unpacks to "
              + entry.size()
              + " bytes, but only "
              + limits.maxEntrySize()
              + " are allowed");
    }
    if (limits.isRatioExceeded(entry.size(), entry.compressedSize())) {
      throw refused(
          Reason.RATIO_TOO_HIGH,
          entry,
          "unpacks to more than "
              + limits.maxRatio()
              + " times its "
              + entry.compressedSize()
              + " bytes");
    }
  }

  private void checkTotal(List<EntryHeader> entries) {
    long size = entries.stream().mapToLong(EntryHeader::size).sum();
    if (size > limits.maxContentSize()) {
      throw RejectedZipException.of(
          Reason.CONTENT_TOO_LARGE,
          "The zip unpacks to "
              + size
              + " bytes, but only "
              + limits.maxContentSize()
              + " are allowed.");
    }
    long compressedSize = entries.stream().mapToLong(EntryHeader::compressedSize).sum();
    if (limits.isRatioExceeded(size, compressedSize)) {
      throw RejectedZipException.of(
          Reason.RATIO_TOO_HIGH,
          "The zip unpacks to more than "
              + limits.maxRatio()
              + " times the "
              + compressedSize
              + " bytes of its entries.");
    }
  }

  private static RejectedZipException refused(Reason reason, EntryHeader entry, String what) {
    return RejectedZipException.ofEntry(reason, entry.name().text(), what);
  }
}
