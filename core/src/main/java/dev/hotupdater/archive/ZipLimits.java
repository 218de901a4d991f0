package dev.hotupdater.archive;

/**
 * How large a zip, and what it unpacks to, may be.
 *
 * @param maxArchiveSize of the zip itself, in bytes
 * @param maxEntries files and folders
 * @param maxNameLength of the name of an entry, in bytes
 * @param maxEntrySize of one file, unpacked, in bytes
 * @param maxContentSize of all files together, unpacked, in bytes
 * @param maxRatio how many bytes one byte may unpack to
 */
record ZipLimits(
    long maxArchiveSize,
    int maxEntries,
    int maxNameLength,
    long maxEntrySize,
    long maxContentSize,
    int maxRatio) {
  static final long MEBIBYTE = 1024 * 1024;
  static final long GIBIBYTE = 1024 * MEBIBYTE;

  /** The largest number and the largest size that a zip can have without the ZIP64 extension. */
  static final int ENTRIES_WITHOUT_ZIP64 = 0xfffe;

  static final long SIZE_WITHOUT_ZIP64 = 0xfffffffeL;

  static final ZipLimits DEFAULT =
      new ZipLimits(2 * GIBIBYTE, 20_000, 512, 512 * MEBIBYTE, GIBIBYTE, 200);

  /** Below this a ratio says nothing: a small file of one repeated letter has a high one. */
  private static final long RATIO_FLOOR = MEBIBYTE;

  /** Whether so many bytes are too much for what they are packed in. */
  boolean isRatioExceeded(long size, long compressedSize) {
    // Divided, as a product could overflow.
    return size > RATIO_FLOOR && (size - 1) / maxRatio >= compressedSize;
  }
}
