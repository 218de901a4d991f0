package dev.hotupdater.patches;

/**
 * Which suffixes of a text are less than the suffix that starts one symbol later (type S); the
 * others are greater (type L). One bit for each. The end of the text counts as less than any
 * symbol, so the last suffix is of type L.
 */
final class SuffixTypes {
  private final long[] isS;

  SuffixTypes(SymbolText text) {
    isS = new long[(text.length() >>> 6) + 1];
    boolean nextIsS = false;
    for (int i = text.length() - 2; i >= 0; i--) {
      int symbol = text.at(i);
      int next = text.at(i + 1);
      nextIsS = symbol < next || (symbol == next && nextIsS);
      if (nextIsS) {
        isS[i >>> 6] |= 1L << i;
      }
    }
  }

  boolean isS(int index) {
    return (isS[index >>> 6] >>> index & 1) != 0;
  }

  /** Whether it is the first of a run of type S (a "leftmost S", LMS). */
  boolean isLeftmostS(int index) {
    return index > 0 && isS(index) && !isS(index - 1);
  }
}
