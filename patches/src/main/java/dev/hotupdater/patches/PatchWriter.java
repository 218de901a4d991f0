package dev.hotupdater.patches;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Writes a patch record by record, compressed at once. Not for use by several threads. */
final class PatchWriter {
  private static final int BUFFER_BYTES = 1 << 16;

  private final byte[] base;
  private final byte[] target;
  private final BZip2CompressorOutputStream records;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  /** Starts the patch. The stream is left open. */
  PatchWriter(byte[] base, byte[] target, OutputStream patch) throws IOException {
    this.base = base;
    this.target = target;
    byte[] size = new byte[PatchFormat.NUMBER_BYTES];
    PatchFormat.putNumber(size, 0, target.length);
    patch.write(PatchFormat.magic());
    patch.write(size);
    records = new BZip2CompressorOutputStream(patch);
  }

  /**
   * Adds a record.
   *
   * @param from where in the target its bytes start
   * @param added how many bytes of the target are written as what differs from the base
   * @param position where in the base these start
   * @param taken how many bytes that follow in the target are written as they are
   * @param move from the end of what is used of the base to where the next record starts in it
   */
  void write(int from, int added, int position, int taken, int move) throws IOException {
    PatchFormat.putNumber(buffer, 0, added);
    PatchFormat.putNumber(buffer, PatchFormat.NUMBER_BYTES, taken);
    PatchFormat.putNumber(buffer, 2 * PatchFormat.NUMBER_BYTES, move);
    records.write(buffer, 0, PatchFormat.CONTROL_BYTES);
    for (int done = 0; done < added; ) {
      int count = Math.min(buffer.length, added - done);
      for (int i = 0; i < count; i++) {
        buffer[i] = (byte) (target[from + done + i] - base[position + done + i]);
      }
      records.write(buffer, 0, count);
      done += count;
    }
    records.write(target, from + added, taken);
  }

  /** Completes the patch. */
  void finish() throws IOException {
    records.finish();
  }
}
