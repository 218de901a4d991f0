package dev.hotupdater.archive;

/**
 * What the central directory says of an entry.
 *
 * @param name its name
 * @param flags its flags
 * @param compression how it is packed
 * @param crc32 the checksum of its content
 * @param compressedSize the size of its packed content, in bytes
 * @param size the size of its content, in bytes
 * @param offset where its local header is
 */
record EntryHeader(
    EntryName name,
    GeneralFlags flags,
    Compression compression,
    long crc32,
    long compressedSize,
    long size,
    long offset) {}
