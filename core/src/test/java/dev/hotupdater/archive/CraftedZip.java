package dev.hotupdater.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes zips that are sound, or wrong in exactly one place. */
final class CraftedZip {
  static final String INDEX_CONTENT = "<!doctype html><title>Example</title>";

  private final List<CraftedEntry> entries = new ArrayList<>();
  private final List<CraftedEntry> listed = new ArrayList<>();

  byte[] inFront = {};
  byte[] behindEntries = {};
  byte[] behindDirectory = {};
  byte[] behindEnd = {};
  byte[] comment = {};
  int commentLengthShift;
  int disk;
  int directoryDisk;
  int entriesOnDiskShift;
  int entriesShift;
  long directorySizeShift;
  long directoryStartShift;

  static CraftedZip empty() {
    return new CraftedZip();
  }

  static CraftedZip withIndex() {
    return empty().add(CraftedEntry.deflated("index.html", INDEX_CONTENT));
  }

  CraftedZip add(CraftedEntry entry) {
    entries.add(entry);
    listed.add(entry);
    return this;
  }

  /** Adds an entry that is not in the central directory. */
  CraftedZip addHidden(CraftedEntry entry) {
    entries.add(entry);
    return this;
  }

  /** Adds an entry that is in the central directory alone, and points to the same bytes as this. */
  CraftedZip addListed(CraftedEntry entry) {
    listed.add(entry);
    return this;
  }

  Path writeTo(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(inFront);
    List<Long> offsets = new ArrayList<>();
    for (CraftedEntry entry : entries) {
      offsets.add((long) out.size());
      out.writeBytes(header(entry.local));
      out.writeBytes(entry.packed);
      out.writeBytes(entry.behind);
    }
    out.writeBytes(behindEntries);
    long directoryStart = out.size();
    for (CraftedEntry entry : listed) {
      int index = entries.indexOf(entry);
      out.writeBytes(record(entry.central, index < 0 ? 0 : offsets.get(index)));
    }
    long directorySize = out.size() - directoryStart;
    out.writeBytes(behindDirectory);
    out.writeBytes(end(directoryStart, directorySize));
    out.writeBytes(behindEnd);
    return out.toByteArray();
  }

  private static byte[] header(CraftedEntry.Header header) {
    ByteBuffer bytes = littleEndian(30 + header.name.length + header.extra.length);
    bytes.putInt(header.signature).putShort((short) 20);
    common(bytes, header);
    return bytes.put(header.name).put(header.extra).array();
  }

  private static byte[] record(CraftedEntry.Header header, long offset) {
    ByteBuffer bytes =
        littleEndian(46 + header.name.length + header.extra.length + header.comment.length);
    bytes.putInt(header.signature).putShort((short) header.madeBy).putShort((short) 20);
    common(bytes, header);
    bytes.putShort((short) header.comment.length);
    bytes.putShort((short) header.disk).putShort((short) 0).putInt(header.attributes);
    bytes.putInt((int) (offset + header.offsetShift));
    return bytes.put(header.name).put(header.extra).put(header.comment).array();
  }

  private static void common(ByteBuffer bytes, CraftedEntry.Header header) {
    bytes.putShort((short) header.flags).putShort((short) header.method).putInt(0x5a210000);
    bytes.putInt((int) header.crc32);
    bytes.putInt((int) header.compressedSize).putInt((int) header.size);
    bytes.putShort((short) header.name.length).putShort((short) header.extra.length);
  }

  private byte[] end(long directoryStart, long directorySize) {
    ByteBuffer bytes = littleEndian(22 + comment.length);
    bytes.putInt(0x06054b50).putShort((short) disk).putShort((short) directoryDisk);
    bytes.putShort((short) (listed.size() + entriesOnDiskShift));
    bytes.putShort((short) (listed.size() + entriesShift));
    bytes.putInt((int) (directorySize + directorySizeShift));
    bytes.putInt((int) (directoryStart + directoryStartShift));
    bytes.putShort((short) (comment.length + commentLengthShift));
    return bytes.put(comment).array();
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
