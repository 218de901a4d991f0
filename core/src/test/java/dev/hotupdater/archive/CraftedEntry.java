package dev.hotupdater.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** An entry of a {@link CraftedZip}, which tells the truth until it is told to lie. */
final class CraftedEntry {
  static final int UTF8 = 1 << 11;
  static final int DESCRIPTOR = 1 << 3;
  static final int DESCRIPTOR_SIGNATURE = 0x08074b50;

  /** What a header says. */
  static final class Header {
    byte[] name = {};
    int flags = UTF8;
    int method;
    long crc32;
    long compressedSize;
    long size;
    byte[] extra = {};
    byte[] comment = {};
    int madeBy = 20;
    int attributes;
    int disk;
    long offsetShift;
    int signature;
  }

  final Header local = new Header();
  final Header central = new Header();
  byte[] packed;
  byte[] behind = {};

  private CraftedEntry(String name, byte[] content, byte[] packed, int method) {
    this.packed = packed;
    local.signature = 0x04034b50;
    central.signature = 0x02014b50;
    both(
        header -> {
          header.name = name.getBytes(StandardCharsets.UTF_8);
          header.method = method;
          header.crc32 = crc32(content);
          header.compressedSize = packed.length;
          header.size = content.length;
        });
  }

  static CraftedEntry stored(String name, byte[] content) {
    return new CraftedEntry(name, content, content, 0);
  }

  static CraftedEntry stored(String name, String content) {
    return stored(name, content.getBytes(StandardCharsets.UTF_8));
  }

  static CraftedEntry deflated(String name, byte[] content) {
    return new CraftedEntry(name, content, deflate(content), 8);
  }

  static CraftedEntry deflated(String name, String content) {
    return deflated(name, content.getBytes(StandardCharsets.UTF_8));
  }

  static CraftedEntry folder(String name) {
    return stored(name, "");
  }

  CraftedEntry both(Consumer<Header> change) {
    change.accept(local);
    change.accept(central);
    return this;
  }

  CraftedEntry local(Consumer<Header> change) {
    change.accept(local);
    return this;
  }

  CraftedEntry central(Consumer<Header> change) {
    change.accept(central);
    return this;
  }

  /** Appends these bytes to the content. */
  CraftedEntry behind(byte[] bytes) {
    this.behind = bytes;
    return this;
  }

  /** Moves the checksum and the sizes behind the content. */
  CraftedEntry streamed() {
    return behind(
            numbers(DESCRIPTOR_SIGNATURE, central.crc32, central.compressedSize, central.size))
        .announcedBehind();
  }

  /** Says that the checksum and the sizes are behind the content. */
  CraftedEntry announcedBehind() {
    local(
        header -> {
          header.crc32 = 0;
          header.compressedSize = 0;
          header.size = 0;
        });
    return both(header -> header.flags |= DESCRIPTOR);
  }

  static byte[] numbers(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putInt((int) value);
    }
    return bytes.array();
  }

  static long crc32(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return crc.getValue();
  }

  static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (!deflater.finished()) {
      packed.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return packed.toByteArray();
  }
}
