package dev.hotupdater.patches;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Makes patches that turn one file into another, in the format that the clients of Hot Updater
 * apply ({@code ENDSLEY/BSDIFF43}). The same two files always give the same patch.
 *
 * <p>It follows Colin Percival's bsdiff: parts of the target are matched with similar parts of the
 * base, and written as the difference of their bytes, which is mostly zeros. The time grows with
 * the sizes of the files and no faster, whatever is in them. Besides the two files it takes about
 * five bytes of memory for each byte of the base, up to seven if that is made to be hard to sort,
 * and about ten megabytes. Safe for use by many threads.
 */
public final class Bsdiff {
  /** How many bytes a match must have more than what the last one yields there to be worth it. */
  private static final int WORTHWHILE = 8;

  private static final int INTERRUPTION_MASK = (1 << 12) - 1;

  private final byte[] base;
  private final byte[] target;
  private final MatchFinder matches;
  private final PatchWriter patch;

  /** Up to where the target is written, and the place in the base that belongs to it. */
  private int written;

  private int writtenPosition;

  /** How far the last match lies in the base behind its place in the target. */
  private int offset;

  private Bsdiff(byte[] base, byte[] target, OutputStream patch) throws IOException {
    this.base = base;
    this.target = target;
    this.patch = new PatchWriter(base, target, patch);
    matches = new MatchFinder(base, target);
  }

  /**
   * Makes a patch.
   *
   * @param base the file that the patch will be applied to; not changed
   * @param target the file that comes of it; not changed
   * @param patch receives the patch while it is made; left open
   * @throws InterruptedIOException if the thread is interrupted, which it stays
   * @throws IOException if the patch cannot be written
   */
  public static void diff(byte[] base, byte[] target, OutputStream patch) throws IOException {
    new Bsdiff(base, target, patch).run();
  }

  /** The patch that {@link #diff(byte[], byte[], OutputStream)} makes. */
  public static byte[] diff(byte[] base, byte[] target) {
    ByteArrayOutputStream patch = new ByteArrayOutputStream();
    try {
      diff(base, target, patch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return patch.toByteArray();
  }

  private void run() throws IOException {
    int scan = 0;
    while (scan < target.length) {
      scan += matches.length();
      // How many bytes of the match the offset of the last one gets right, too.
      int score = 0;
      int scored = scan;
      while (scan < target.length) {
        checkInterruption(scan);
        matches.find(scan);
        int end = scan + matches.length();
        for (; scored < end; scored++) {
          score += isRightAsBefore(scored) ? 1 : 0;
        }
        if (isWorthWriting(score) || (matches.length() == score && score > 0)) {
          break;
        }
        if (scored > scan) {
          score -= isRightAsBefore(scan) ? 1 : 0;
        } else {
          scored = scan + 1;
        }
        scan++;
      }
      if (scan == target.length || matches.length() != score) {
        write(scan);
      }
    }
    patch.finish();
  }

  private boolean isWorthWriting(int score) {
    return matches.length() > score + WORTHWHILE;
  }

  private boolean isRightAsBefore(int index) {
    int position = index + offset;
    return position >= 0 && position < base.length && base[position] == target[index];
  }

  /** Writes what lies before a match, or before the end of the target, with the match before. */
  private void write(int scan) throws IOException {
    boolean atEnd = scan == target.length;
    int forward = reach(written, writtenPosition, 1, scan - written);
    int backward = atEnd ? 0 : reach(scan - 1, matches.position() - 1, -1, scan - written);
    int overlap = written + forward - (scan - backward);
    if (overlap > 0) {
      int split = split(scan, forward, overlap);
      forward += split - overlap;
      backward -= split;
    }
    int next = scan - backward;
    int nextPosition = atEnd ? writtenPosition + forward : matches.position() - backward;
    patch.write(
        written,
        forward,
        writtenPosition,
        next - written - forward,
        nextPosition - writtenPosition - forward);
    written = next;
    writtenPosition = nextPosition;
    offset = matches.position() - scan;
  }

  /**
   * How far a match goes on, forwards or backwards, if at least half of the bytes must be right.
   */
  private int reach(int index, int position, int step, int limit) {
    int right = 0;
    int best = 0;
    int reach = 0;
    for (int i = 0; i < limit; i++) {
      int at = position + i * step;
      if (at < 0 || at >= base.length) {
        break;
      }
      right += base[at] == target[index + i * step] ? 1 : 0;
      if (2 * right - (i + 1) > best) {
        best = 2 * right - (i + 1);
        reach = i + 1;
      }
    }
    return reach;
  }

  /** How many bytes, of those that both matches reach, the one before gets right more often. */
  private int split(int scan, int forward, int overlap) {
    int index = written + forward - overlap;
    int before = writtenPosition + forward - overlap;
    int after = matches.position() - (scan - index);
    int lead = 0;
    int best = 0;
    int split = 0;
    for (int i = 0; i < overlap; i++) {
      lead += base[before + i] == target[index + i] ? 1 : 0;
      lead -= base[after + i] == target[index + i] ? 1 : 0;
      if (lead > best) {
        best = lead;
        split = i + 1;
      }
    }
    return split;
  }

  private static void checkInterruption(int scan) throws InterruptedIOException {
    if ((scan & INTERRUPTION_MASK) == 0 && Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("The patch was given up, as the thread was interrupted.");
    }
  }
}
