package dev.hotupdater.patches;

import java.util.Arrays;

/**
 * Sorts the suffixes of a text in linear time, by induced sorting (Nong, Zhang and Chan: "Two
 * Efficient Algorithms for Linear Time Suffix Array Construction"). The suffixes where a run of
 * type S begins are sorted first, by giving each piece of text between two of them a number and
 * sorting the much shorter text of these numbers in the same way; the order of all others follows
 * from theirs.
 *
 * <p>The shorter text and its suffixes are kept in the array of the result, so a level needs no
 * more memory than a bit for each symbol and a number for each letter of its alphabet.
 */
final class SuffixSorting {
  private static final int NONE = -1;

  private final SymbolText text;
  private final int length;
  private final int[] sorted;
  private final SuffixTypes types;
  private final int[] buckets;

  private SuffixSorting(SymbolText text, int[] sorted) {
    this.text = text;
    length = text.length();
    this.sorted = sorted;
    types = new SuffixTypes(text);
    buckets = new int[text.alphabet()];
  }

  /** The start of every suffix of the text, in the order of the suffixes. */
  static int[] suffixesOf(byte[] text) {
    int[] sorted = new int[text.length];
    sort(SymbolText.of(text), sorted);
    return sorted;
  }

  /** Sorts the suffixes into the start of the array. */
  private static void sort(SymbolText text, int[] sorted) {
    if (text.length() == 1) {
      sorted[0] = 0;
    } else if (text.length() > 1) {
      new SuffixSorting(text, sorted).sort();
    }
  }

  private void sort() {
    Arrays.fill(sorted, 0, length, NONE);
    placeLeftmostInTextOrder();
    induce();
    int count = gatherLeftmost();
    int names = nameLeftmost(count);
    sortLeftmost(count, names);
    placeLeftmostInOrder(count);
    induce();
  }

  private void placeLeftmostInTextOrder() {
    findBucketEnds();
    for (int i = 1; i < length; i++) {
      if (types.isLeftmostS(i)) {
        sorted[--buckets[text.at(i)]] = i;
      }
    }
  }

  /** Puts in place, from the leftmost ones, all suffixes of type L and then all of type S. */
  private void induce() {
    findBucketStarts();
    sorted[buckets[text.at(length - 1)]++] = length - 1;
    for (int i = 0; i < length; i++) {
      int previous = sorted[i] - 1;
      if (previous >= 0 && !types.isS(previous)) {
        sorted[buckets[text.at(previous)]++] = previous;
      }
    }
    findBucketEnds();
    for (int i = length - 1; i >= 0; i--) {
      int previous = sorted[i] - 1;
      if (previous >= 0 && types.isS(previous)) {
        sorted[--buckets[text.at(previous)]] = previous;
      }
    }
  }

  /** Moves the leftmost ones to the start of the array, and returns how many there are. */
  private int gatherLeftmost() {
    int count = 0;
    for (int i = 0; i < length; i++) {
      if (types.isLeftmostS(sorted[i])) {
        sorted[count++] = sorted[i];
      }
    }
    return count;
  }

  /**
   * Gives each piece between two leftmost ones a number by its order, equal pieces the same. The
   * numbers end up in text order at the end of the array.
   *
   * @return how many different pieces there are
   */
  private int nameLeftmost(int count) {
    Arrays.fill(sorted, count, length, NONE);
    int names = 0;
    int last = NONE;
    for (int i = 0; i < count; i++) {
      int start = sorted[i];
      if (last == NONE || !samePiece(last, start)) {
        names++;
        last = start;
      }
      // No two of them are next to each other, so half of the position is enough to tell them.
      sorted[count + (start >>> 1)] = names - 1;
    }
    int target = length;
    for (int i = length - 1; i >= count; i--) {
      if (sorted[i] != NONE) {
        sorted[--target] = sorted[i];
      }
    }
    return names;
  }

  private boolean samePiece(int one, int other) {
    for (int i = 0; ; i++) {
      if (Math.max(one, other) + i == length
          || text.at(one + i) != text.at(other + i)
          || types.isS(one + i) != types.isS(other + i)) {
        return false;
      }
      if (i > 0 && types.isLeftmostS(one + i)) {
        return types.isLeftmostS(other + i);
      }
    }
  }

  /** Sorts the leftmost suffixes into the start of the array, from the numbers at its end. */
  private void sortLeftmost(int count, int names) {
    int start = length - count;
    if (names < count) {
      sort(SymbolText.of(sorted, start, count, names), sorted);
    } else {
      for (int i = 0; i < count; i++) {
        sorted[sorted[start + i]] = i;
      }
    }
    int at = start;
    for (int i = 1; i < length; i++) {
      if (types.isLeftmostS(i)) {
        sorted[at++] = i;
      }
    }
    for (int i = 0; i < count; i++) {
      sorted[i] = sorted[start + sorted[i]];
    }
  }

  private void placeLeftmostInOrder(int count) {
    Arrays.fill(sorted, count, length, NONE);
    findBucketEnds();
    for (int i = count - 1; i >= 0; i--) {
      int start = sorted[i];
      sorted[i] = NONE;
      sorted[--buckets[text.at(start)]] = start;
    }
  }

  /** Where the suffixes with each first symbol start in the array. */
  private void findBucketStarts() {
    findBucketEnds();
    for (int i = 0; i < length; i++) {
      buckets[text.at(i)]--;
    }
  }

  private void findBucketEnds() {
    Arrays.fill(buckets, 0);
    for (int i = 0; i < length; i++) {
      buckets[text.at(i)]++;
    }
    int end = 0;
    for (int symbol = 0; symbol < buckets.length; symbol++) {
      end += buckets[symbol];
      buckets[symbol] = end;
    }
  }
}
