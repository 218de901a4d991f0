package dev.hotupdater.patches;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Builds patches piece by piece, also such as no one should make. */
final class PatchBytes {
  private final ByteArrayOutputStream records = new ByteArrayOutputStream();
  private final long targetSize;

  PatchBytes(long targetSize) {
    this.targetSize = targetSize;
  }

  PatchBytes record(long added, long taken, long move, int content) {
    byte[] control = new byte[PatchFormat.CONTROL_BYTES];
    PatchFormat.putNumber(control, 0, added);
    PatchFormat.putNumber(control, PatchFormat.NUMBER_BYTES, taken);
    PatchFormat.putNumber(control, 2 * PatchFormat.NUMBER_BYTES, move);
    records.writeBytes(control);
    records.writeBytes(new byte[content]);
    return this;
  }

  byte[] build() {
    byte[] size = new byte[PatchFormat.NUMBER_BYTES];
    PatchFormat.putNumber(size, 0, targetSize);
    return Samples.join(PatchFormat.magic(), size, compressed(records.toByteArray()));
  }

  private static byte[] compressed(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (BZip2CompressorOutputStream bzip2 = new BZip2CompressorOutputStream(compressed)) {
      bzip2.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
