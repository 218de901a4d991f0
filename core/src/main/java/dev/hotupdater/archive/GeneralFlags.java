package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;

/**
 * The general purpose bit flag of an entry.
 *
 * @param bits only bits that the admission knows
 */
record GeneralFlags(int bits) {
  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
  private static final int DEFLATE_LEVEL = 1 << 1 | 1 << 2;
  private static final int DESCRIPTOR = 1 << 3;
  private static final int UTF8 = 1 << 11;
  private static final int KNOWN = DEFLATE_LEVEL | DESCRIPTOR | UTF8;

  static boolean isUtf8(int bits) {
    return (bits & UTF8) != 0;
  }

  static GeneralFlags of(int bits, EntryName name) {
    if ((bits & ENCRYPTED) != 0) {
      throw RejectedZipException.ofEntry(
          Reason.ENCRYPTED, name.text(), "is encrypted, which clients cannot read");
    }
    if ((bits & ~KNOWN) != 0) {
      throw RejectedZipException.ofEntry(
          Reason.UNSUPPORTED_FEATURE, name.text(), "uses a feature of zips that clients lack");
    }
    return new GeneralFlags(bits & ~DEFLATE_LEVEL);
  }

  /** Whether the checksum and the sizes follow behind the content. */
  boolean hasDescriptor() {
    return (bits & DESCRIPTOR) != 0;
  }
}
