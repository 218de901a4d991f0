package dev.hotupdater.patches;

/**
 * A text to sort the suffixes of, over an alphabet of the numbers from 0 to below {@link
 * #alphabet()}.
 */
abstract class SymbolText {
  private final int length;
  private final int alphabet;

  private SymbolText(int length, int alphabet) {
    this.length = length;
    this.alphabet = alphabet;
  }

  /** The bytes of a file. */
  static SymbolText of(byte[] bytes) {
    return new Bytes(bytes);
  }

  /** A part of an array, which is not copied. */
  static SymbolText of(int[] array, int start, int length, int alphabet) {
    return new Numbers(array, start, length, alphabet);
  }

  int length() {
    return length;
  }

  int alphabet() {
    return alphabet;
  }

  abstract int at(int index);

  private static final class Bytes extends SymbolText {
    private static final int ALPHABET = 256;

    private final byte[] bytes;

    Bytes(byte[] bytes) {
      super(bytes.length, ALPHABET);
      this.bytes = bytes;
    }

    @Override
    int at(int index) {
      return bytes[index] & 0xff;
    }
  }

  private static final class Numbers extends SymbolText {
    private final int[] array;
    private final int start;

    Numbers(int[] array, int start, int length, int alphabet) {
      super(length, alphabet);
      this.array = array;
      this.start = start;
    }

    @Override
    int at(int index) {
      return array[start + index];
    }
  }
}
