package dev.hotupdater.patches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuffixSortingTest {
  private static final int LARGE = 1 << 20;

  @Test
  void suffixesOf_shortTexts_areAsComparedOneByOne() {
    Random random = Samples.random(getClass());
    for (int i = 0; i < 3_000; i++) {
      int alphabet = 1 + random.nextInt(random.nextBoolean() ? 3 : 256);
      byte[] text = Samples.repetitive(random, random.nextInt(120), alphabet);
      assertArrayEquals(naive(text), SuffixSorting.suffixesOf(text), () -> Arrays.toString(text));
    }
  }

  @Test
  void suffixesOf_everyTextOfThreeLettersUpToEight_areAsComparedOneByOne() {
    for (int length = 0; length <= 8; length++) {
      byte[] text = new byte[length];
      for (int number = 0; number < Math.pow(3, length); number++) {
        int rest = number;
        for (int i = 0; i < length; i++) {
          text[i] = (byte) (rest % 3);
          rest /= 3;
        }
        assertArrayEquals(naive(text), SuffixSorting.suffixesOf(text), () -> Arrays.toString(text));
      }
    }
  }

  @Test
  void suffixesOf_largeTextsThatRepeatThemselves_areInOrder() {
    Random random = Samples.random(getClass());
    requireOrder(new byte[LARGE]);
    requireOrder(Samples.fibonacci(LARGE));
    requireOrder(Samples.periodic(Samples.randomBytes(random, 1_000), LARGE));
    requireOrder(Samples.periodic(new byte[] {1, 2, 1, 2, 1, 3}, LARGE));
    byte[] descending = new byte[LARGE];
    for (int i = 0; i < LARGE; i++) {
      descending[i] = (byte) -(i >>> 12);
    }
    requireOrder(descending);
  }

  @Test
  void suffixesOf_largeRandomTexts_areInOrder() {
    Random random = Samples.random(getClass());
    requireOrder(Samples.randomBytes(random, LARGE));
    requireOrder(Samples.repetitive(random, LARGE, 2));
  }

  private static int[] naive(byte[] text) {
    return IntStream.range(0, text.length)
        .boxed()
        .sorted(
            Comparator.comparing(
                start -> Arrays.copyOfRange(text, start, text.length), Arrays::compareUnsigned))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Each suffix must be less than the next: by its first byte, or else by what follows it. */
  private static void requireOrder(byte[] text) {
    int[] suffixes = SuffixSorting.suffixesOf(text);
    int[] ranks = new int[text.length + 1];
    Arrays.fill(ranks, -1);
    for (int i = 0; i < suffixes.length; i++) {
      assertEquals(-1, ranks[suffixes[i]], "a suffix twice");
      ranks[suffixes[i]] = i;
    }
    ranks[text.length] = -1;
    for (int i = 1; i < suffixes.length; i++) {
      int one = text[suffixes[i - 1]] & 0xff;
      int next = text[suffixes[i]] & 0xff;
      assertTrue(
          one < next || (one == next && ranks[suffixes[i - 1] + 1] < ranks[suffixes[i] + 1]),
          "not in order at " + i);
    }
  }
}
