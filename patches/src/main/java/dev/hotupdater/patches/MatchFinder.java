package dev.hotupdater.patches;

import java.util.Arrays;

/**
 * Finds where in a file the next bytes of another occur, as many of them as possible. Not for use
 * by several threads.
 *
 * <p>What one call costs is bounded whatever the files are. A search compares at most {@link
 * #SEARCHED_BYTES}; a match of that length is followed to its end once, and while it goes on, the
 * calls for the positions inside it do not search again. So very long repetitions may yield a match
 * that is not the longest.
 */
final class MatchFinder {
  private static final int SEARCHED_BYTES = 1024;
  private static final int PREFIX_BYTES = 3;
  private static final int PREFIX_BITS = 8 * PREFIX_BYTES;
  private static final int MIN_INDEX_BITS = 8;
  private static final int MAX_INDEX_BITS = 22;

  private final byte[] base;
  private final byte[] target;
  private final int[] suffixes;

  /** How many bits of a prefix are left out of the index, so that it is small beside the base. */
  private final int shift;

  /** Where among the suffixes those begin that have each prefix. */
  private final int[] index;

  private int matchedAt;
  private int position;
  private int length;

  MatchFinder(byte[] base, byte[] target) {
    this.base = base;
    this.target = target;
    suffixes = SuffixSorting.suffixesOf(base);
    int bits = 28 - Integer.numberOfLeadingZeros(base.length);
    shift = PREFIX_BITS - Math.max(MIN_INDEX_BITS, Math.min(bits, MAX_INDEX_BITS));
    index = indexPrefixes();
  }

  private int[] indexPrefixes() {
    int[] starts = new int[(1 << (PREFIX_BITS - shift)) + 1];
    for (int i = 0; i < base.length; i++) {
      starts[prefix(base, i) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    return starts;
  }

  /** The first bits of a suffix; zeros follow where it ends, which keeps the order. */
  private int prefix(byte[] bytes, int start) {
    int prefix = 0;
    for (int i = start; i < start + PREFIX_BYTES; i++) {
      prefix = prefix << 8 | (i < bytes.length ? bytes[i] & 0xff : 0);
    }
    return prefix >>> shift;
  }

  /** Where in the base the match is that was found last. */
  int position() {
    return position;
  }

  /**
   * How many bytes the match has that was found last; 0 if there is none. One of less than {@link
   * #PREFIX_BYTES} may not be found.
   */
  int length() {
    return length;
  }

  /** Finds a match for the target from a place on, which must not be less than that of before. */
  void find(int from) {
    int known = Math.max(0, matchedAt + length - from);
    int knownPosition = position + from - matchedAt;
    matchedAt = from;
    length = 0;
    if (known < SEARCHED_BYTES) {
      search(from);
    }
    if (known >= length) {
      position = knownPosition;
      length = known;
    }
  }

  private void search(int from) {
    int limit = Math.min(SEARCHED_BYTES, target.length - from);
    int prefix = prefix(target, from);
    int low = index[prefix];
    int high = index[prefix + 1];
    int lowMatch = 0;
    int highMatch = 0;
    while (low < high && length < limit) {
      int middle = (low + high) >>> 1;
      int start = suffixes[middle];
      int match = match(start, from, Math.min(lowMatch, highMatch), limit);
      if (match > length) {
        length = match;
        position = start;
      }
      if (isLess(start + match, from + match)) {
        low = middle + 1;
        lowMatch = match;
      } else {
        high = middle;
        highMatch = match;
      }
    }
    if (length == SEARCHED_BYTES) {
      length = match(position, from, length, target.length - from);
    }
  }

  /** How many bytes are the same, if it is known of the first ones, and at most so many. */
  private int match(int start, int from, int known, int limit) {
    int end = Math.min(limit, base.length - start);
    int mismatch =
        Arrays.mismatch(base, start + known, start + end, target, from + known, from + end);
    return mismatch < 0 ? end : known + mismatch;
  }

  private boolean isLess(int start, int from) {
    return start == base.length
        || (from < target.length && (base[start] & 0xff) < (target[from] & 0xff));
  }
}
