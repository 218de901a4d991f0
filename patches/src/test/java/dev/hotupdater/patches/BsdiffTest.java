package dev.hotupdater.patches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BsdiffTest {
  private static final int MEGABYTE = 1 << 20;
  private static final byte[] EMPTY = {};

  /** What a search that is not bounded would exceed by far, on any machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Random random = Samples.random(getClass());

  @Test
  void diff_emptyFiles_givePatches() {
    byte[] file = Samples.randomBytes(random, 1_000);
    requireRoundTrip(EMPTY, EMPTY);
    requireRoundTrip(EMPTY, file);
    requireRoundTrip(file, EMPTY);
    requireRoundTrip(new byte[] {7}, new byte[] {7});
    requireRoundTrip(new byte[] {7}, file);
    requireRoundTrip(file, new byte[] {7});
  }

  @Test
  void diff_manySmallFiles_givePatches() {
    for (int i = 0; i < 2_000; i++) {
      int alphabet = 1 + random.nextInt(random.nextBoolean() ? 4 : 256);
      byte[] base = Samples.repetitive(random, random.nextInt(400), alphabet);
      requireRoundTrip(base, Samples.edited(random, base, random.nextInt(8)));
      requireRoundTrip(base, Samples.repetitive(random, random.nextInt(400), alphabet));
    }
  }

  @Test
  void diff_identicalFiles_givesNextToNothing() {
    byte[] file = Samples.randomBytes(random, MEGABYTE);
    requireRoundTrip(file, file.clone(), 200);
  }

  @Test
  void diff_oneByteInsertedInTheMiddle_givesNextToNothing() {
    byte[] file = Samples.randomBytes(random, MEGABYTE);
    byte[] target = new byte[file.length + 1];
    System.arraycopy(file, 0, target, 0, file.length / 2);
    System.arraycopy(
        file, file.length / 2, target, file.length / 2 + 1, file.length - file.length / 2);
    requireRoundTrip(file, target, 300);
  }

  @Test
  void diff_bytesChangedHereAndThere_givesASmallPatch() {
    byte[] file = Samples.randomBytes(random, MEGABYTE);
    byte[] target = file.clone();
    for (int i = 100; i < target.length; i += 1_000) {
      target[i]++;
    }
    requireRoundTrip(file, target, 6_000);
  }

  @Test
  void diff_shuffledBlocks_givesASmallPatch() {
    List<byte[]> blocks = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      blocks.add(Samples.randomBytes(random, 4_096));
    }
    byte[] base = Samples.join(blocks.toArray(new byte[0][]));
    Collections.shuffle(blocks, random);
    requireRoundTrip(base, Samples.join(blocks.toArray(new byte[0][])), 10_000);
  }

  @Test
  void diff_filesThatShareNothing_givesHardlyMoreThanTheTarget() {
    byte[] target = Samples.randomBytes(random, MEGABYTE);
    requireRoundTrip(Samples.randomBytes(random, MEGABYTE), target, MEGABYTE + MEGABYTE / 50);
  }

  @Test
  void diff_zeros_isQuick() {
    byte[] zeros = new byte[MEGABYTE];
    byte[] withOnes = zeros.clone();
    for (int i = 0; i < withOnes.length; i += 100_003) {
      withOnes[i] = 1;
    }
    assertTimeout(
        PATIENCE,
        () -> {
          requireRoundTrip(zeros, zeros.clone(), 200);
          requireRoundTrip(zeros, withOnes, 1_000);
          requireRoundTrip(withOnes, zeros, 1_000);
          requireRoundTrip(new byte[MEGABYTE / 2], zeros, 1_000);
        });
  }

  @Test
  void diff_periodicFilesWithFewDifferences_isQuick() {
    byte[] base = Samples.periodic(Samples.randomBytes(random, 1_500), 2 * MEGABYTE);
    byte[] target = base.clone();
    for (int i = 1_000; i < target.length; i += 1_111) {
      target[i] ^= 1;
    }
    byte[] few = base.clone();
    for (int i = few.length / 2; i < few.length / 2 + 6; i++) {
      few[i] ^= 1;
    }
    assertTimeout(
        PATIENCE,
        () -> {
          requireRoundTrip(base, target, 50_000);
          requireRoundTrip(base, few, 2_000);
          requireRoundTrip(few, base, 2_000);
        });
  }

  @Test
  void diff_fibonacciWords_isQuick() {
    byte[] base = Samples.fibonacci(2 * MEGABYTE);
    byte[] target = Samples.edited(random, base, 6);
    assertTimeout(PATIENCE, () -> requireRoundTrip(base, target, 5_000));
  }

  @Test
  void diff_sameFilesTwice_givesTheSamePatch() {
    byte[] base = Samples.repetitive(random, 10_000, 5);
    byte[] target = Samples.edited(random, base, 20);
    assertArrayEquals(Bsdiff.diff(base, target), Bsdiff.diff(base, target));
  }

  @Test
  void diff_interruptedThread_givesUpAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThrows(
        InterruptedIOException.class,
        () -> Bsdiff.diff(new byte[10], new byte[10], OutputStream.nullOutputStream()));
    assertTrue(Thread.interrupted());
  }

  @Test
  void diff_streamThatFails_failsWithIt() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("of the test");
          }
        };
    IOException failure =
        assertThrows(IOException.class, () -> Bsdiff.diff(new byte[10], new byte[10], full));
    assertTrue(String.valueOf(failure.getMessage()).contains("of the test"));
  }

  private static void requireRoundTrip(byte[] base, byte[] target) {
    requireRoundTrip(base, target, Integer.MAX_VALUE);
  }

  private static void requireRoundTrip(byte[] base, byte[] target, int maxPatchSize) {
    byte[] patch = Bsdiff.diff(base, target);
    assertArrayEquals(target, Bspatch.apply(base, patch, target.length));
    assertTrue(patch.length <= maxPatchSize, () -> patch.length + " bytes");
  }
}
