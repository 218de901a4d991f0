package dev.hotupdater.patches;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Applies patches in the format {@code ENDSLEY/BSDIFF43}, which are not trusted: one that is
 * damaged, or made to do harm, is refused with a {@link MalformedPatchException} after a time that
 * is bounded by the size that it declares. Besides the base it takes about five megabytes of
 * memory, whatever the patch says. Safe for use by many threads.
 */
public final class Bspatch {
  private static final int BUFFER_BYTES = 1 << 16;

  private final byte[] base;
  private final PatchReader patch;
  private final OutputStream target;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final byte[] control = new byte[PatchFormat.CONTROL_BYTES];
  private long rest;
  private long position;

  private Bspatch(byte[] base, PatchReader patch, OutputStream target) {
    this.base = base;
    this.patch = patch;
    this.target = target;
    rest = patch.targetSize();
  }

  /**
   * Applies a patch.
   *
   * <p>A patch says nothing about the base that it belongs to: applied to another file it yields
   * some file of the right size. So compare the hash of what comes of it.
   *
   * @param base the file that the patch applies to; not changed
   * @param patch the patch; read to its end at most, not closed
   * @param target receives the file; left open. If the patch turns out to be malformed, it has a
   *     part of the file by then
   * @param maxSize the most bytes that the file may have, checked before any of them is made
   * @throws MalformedPatchException if the patch cannot be applied
   * @throws IOException if one of the streams fails
   */
  public static void apply(byte[] base, InputStream patch, OutputStream target, long maxSize)
      throws IOException {
    PatchReader reader = new PatchReader(patch);
    if (reader.targetSize() > maxSize) {
      throw new MalformedPatchException(
          "The patch makes a file of "
              + reader.targetSize()
              + " bytes, but "
              + maxSize
              + " are allowed.");
    }
    new Bspatch(base, reader, target).run();
  }

  /**
   * The file that a patch makes. See {@link #apply(byte[], InputStream, OutputStream, long)}.
   *
   * @throws MalformedPatchException if the patch cannot be applied
   */
  public static byte[] apply(byte[] base, byte[] patch, int maxSize) {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try {
      apply(base, new ByteArrayInputStream(patch), target, maxSize);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target.toByteArray();
  }

  private void run() throws IOException {
    // A record that makes nothing is allowed; more records than bytes only cost time.
    long records = rest;
    while (rest > 0) {
      if (records-- < 0) {
        throw new MalformedPatchException("The patch has more records than the file has bytes.");
      }
      patch.read(control, control.length);
      long added = length(0);
      long taken = length(PatchFormat.NUMBER_BYTES);
      long move = PatchFormat.number(control, 2 * PatchFormat.NUMBER_BYTES);
      if (taken > rest - added) {
        throw new MalformedPatchException("The patch makes more bytes than it says.");
      }
      add(added);
      take(taken);
      move(move);
    }
    patch.requireEnd();
  }

  private long length(int offset) {
    long length = PatchFormat.number(control, offset);
    if (length < 0 || length > rest) {
      throw new MalformedPatchException("The patch has a length that is out of range.");
    }
    return length;
  }

  private void add(long count) throws IOException {
    if (count > 0 && (position < 0 || position > base.length - count)) {
      throw new MalformedPatchException(
          "The patch reads outside of the file that it is applied to. It belongs to another one.");
    }
    for (long left = count; left > 0; ) {
      int size = (int) Math.min(buffer.length, left);
      patch.read(buffer, size);
      for (int i = 0; i < size; i++) {
        buffer[i] += base[(int) position + i];
      }
      target.write(buffer, 0, size);
      position += size;
      left -= size;
    }
    rest -= count;
  }

  private void take(long count) throws IOException {
    for (long left = count; left > 0; ) {
      int size = (int) Math.min(buffer.length, left);
      patch.read(buffer, size);
      target.write(buffer, 0, size);
      left -= size;
    }
    rest -= count;
  }

  private void move(long distance) {
    try {
      position = Math.addExact(position, distance);
    } catch (ArithmeticException e) {
      throw new MalformedPatchException("The patch has a position that is out of range.", e);
    }
  }
}
