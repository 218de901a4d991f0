package dev.hotupdater.patches;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;

/** Files for tests. */
final class Samples {
  private Samples() {}

  /** A random generator whose seed is printed; a failing run is repeated with the property. */
  static Random random(Class<?> test) {
    long seed = Long.getLong("hotupdater.seed", System.nanoTime());
    System.out.println(test.getSimpleName() + ": -Dhotupdater.seed=" + seed);
    return new Random(seed);
  }

  static byte[] randomBytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Bytes of a small alphabet, in which much is repeated. */
  static byte[] repetitive(Random random, int size, int alphabet) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (random.nextInt(alphabet) - alphabet / 2);
    }
    return bytes;
  }

  /** One piece again and again. */
  static byte[] periodic(byte[] piece, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = piece[i % piece.length];
    }
    return bytes;
  }

  /** The word of two letters with the most repetitions of different lengths. */
  static byte[] fibonacci(int size) {
    byte[] word = new byte[size];
    int previous = 1;
    int length = Math.min(2, size);
    for (int i = 0; i < length; i++) {
      word[i] = (byte) ('a' + i);
    }
    while (length < size) {
      int count = Math.min(previous, size - length);
      System.arraycopy(word, 0, word, length, count);
      previous = length;
      length += count;
    }
    return word;
  }

  /** What a new version of a file may be: pieces changed, moved, removed and added. */
  static byte[] edited(Random random, byte[] original, int edits) {
    byte[] result = original;
    for (int i = 0; i < edits; i++) {
      result = edited(random, result);
    }
    return result;
  }

  private static byte[] edited(Random random, byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int length = random.nextInt(Math.min(100, bytes.length - at) + 1);
    byte[] head = Arrays.copyOf(bytes, at);
    byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
    byte[] tail = Arrays.copyOfRange(bytes, at + length, bytes.length);
    switch (random.nextInt(4)) {
      case 0:
        return join(head, randomBytes(random, length), tail);
      case 1:
        return join(head, tail);
      case 2:
        return join(piece, head, tail);
      default:
        return join(head, piece, randomBytes(random, random.nextInt(50)), tail);
    }
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  /** A file in the folder of golden files, which its README describes. */
  static byte[] golden(String name) {
    try (InputStream file = Samples.class.getResourceAsStream("/golden/" + name)) {
      if (file == null) {
        throw new IllegalArgumentException(name);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
