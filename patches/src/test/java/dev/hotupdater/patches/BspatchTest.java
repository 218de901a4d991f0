package dev.hotupdater.patches;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BspatchTest {
  private static final byte[] BASE = new byte[100];
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void apply_recordsOfEachKind_areFollowed() {
    byte[] base = {10, 20, 30, 40};
    byte[] patch =
        new PatchBytes(5).record(0, 0, 2, 0).record(2, 1, -4, 3).record(2, 0, 100, 2).build();
    assertArrayEquals(new byte[] {30, 40, 0, 10, 20}, Bspatch.apply(base, patch, 5));
  }

  @ParameterizedTest
  @CsvSource({
    "10, -1, 0, 0",
    "10, 0, -1, 0",
    "10, 11, 0, 0",
    "10, 0, 11, 0",
    "10, 6, 5, 0",
    "10, 9223372036854775807, 9223372036854775807, 0",
    "10, -9223372036854775807, 20, 0",
    "200, 101, 0, 0",
    "200, 100, 1, 1",
    "200, 0, 1, 9223372036854775807",
    "200, 0, 1, -1",
    "200, 1, 0, 9223372036854775807",
  })
  void apply_numbersOutOfRange_isRefused(long size, long added, long taken, long move) {
    // The second record reads where the first has moved to.
    byte[] patch =
        new PatchBytes(size).record(added, taken, move, 200).record(1, 0, 0, 200).build();
    assertThrows(MalformedPatchException.class, () -> Bspatch.apply(BASE, patch, 1_000));
  }

  @Test
  void apply_fileLargerThanAllowed_isRefusedBeforeItIsMade() {
    byte[] huge = new PatchBytes(Long.MAX_VALUE).build();
    assertThrows(MalformedPatchException.class, () -> Bspatch.apply(BASE, huge, Integer.MAX_VALUE));
    byte[] patch = Bsdiff.diff(BASE, new byte[101]);
    assertThrows(MalformedPatchException.class, () -> Bspatch.apply(BASE, patch, 100));
    assertEquals(101, Bspatch.apply(BASE, patch, 101).length);
  }

  @Test
  void apply_negativeSize_isRefused() {
    byte[] patch = new PatchBytes(-1).build();
    assertThrows(MalformedPatchException.class, () -> Bspatch.apply(BASE, patch, 100));
  }

  @Test
  void apply_recordsThatMakeNothing_endsSoon() {
    PatchBytes bomb = new PatchBytes(1_000);
    for (int i = 0; i < 1_000_000; i++) {
      bomb.record(0, 0, 0, 0);
    }
    byte[] patch = bomb.build();
    MalformedPatchException refusal =
        assertThrows(MalformedPatchException.class, () -> Bspatch.apply(BASE, patch, 1_000));
    assertTrue(String.valueOf(refusal.getMessage()).contains("more records"));
  }

  @Test
  void apply_patchThatGoesOn_isRefused() {
    byte[] patch = new PatchBytes(10).record(10, 0, 0, 11).build();
    assertThrows(MalformedPatchException.class, () -> Bspatch.apply(BASE, patch, 10));
  }

  @Test
  void apply_somethingElse_isRefused() {
    byte[] other = "BSDIFF40 and some more text than that".getBytes(US_ASCII);
    assertThrows(MalformedPatchException.class, () -> Bspatch.apply(BASE, other, 100));
    assertThrows(MalformedPatchException.class, () -> Bspatch.apply(BASE, new byte[0], 100));
  }

  @Test
  void apply_patchCutOffAnywhere_isRefused() {
    Random random = Samples.random(getClass());
    byte[] base = Samples.repetitive(random, 2_000, 20);
    byte[] patch = Bsdiff.diff(base, Samples.edited(random, base, 10));
    for (int length = 0; length < patch.length; length++) {
      byte[] part = Arrays.copyOf(patch, length);
      assertThrows(MalformedPatchException.class, () -> Bspatch.apply(base, part, 1 << 20));
    }
  }

  @Test
  void apply_patchWithBitsFlipped_isRefusedOrGivesAFileOfTheSizeItSays() {
    Random random = Samples.random(getClass());
    byte[] base = Samples.repetitive(random, 2_000, 20);
    byte[] patch = Bsdiff.diff(base, Samples.edited(random, base, 10));
    int limit = 1 << 16;
    assertTimeout(
        PATIENCE,
        () -> {
          int refused = 0;
          int rounds = 5_000;
          for (int i = 0; i < rounds; i++) {
            byte[] damaged = patch.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
              damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += isRefused(base, damaged, limit) ? 1 : 0;
          }
          // What is left of the header has no checksum, nor have a few bits of bzip2's framing.
          assertTrue(refused > rounds * 9 / 10, refused + " of " + rounds);
        });
  }

  @Test
  void apply_randomRecords_isRefusedOrGivesAFileOfTheSizeItSays() {
    Random random = Samples.random(getClass());
    for (int i = 0; i < 3_000; i++) {
      PatchBytes patch = new PatchBytes(random.nextInt(300));
      for (int records = random.nextInt(5); records >= 0; records--) {
        patch.record(number(random), number(random), number(random), random.nextInt(100));
      }
      isRefused(BASE, patch.build(), 300);
    }
  }

  private static long number(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt();
      case 2 -> -random.nextInt(100);
      default -> random.nextInt(60);
    };
  }

  private static boolean isRefused(byte[] base, byte[] patch, int limit) {
    try {
      byte[] made = Bspatch.apply(base, patch, limit);
      assertEquals(PatchFormat.number(patch, PatchFormat.magic().length), made.length);
      return false;
    } catch (MalformedPatchException e) {
      return true;
    }
  }

  @Test
  void apply_streamThatFails_failsWithItAndBlamesNotThePatch() {
    byte[] patch = Bsdiff.diff(BASE, new byte[5_000]);
    IOException cause = new IOException("of the test");
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw cause;
          }
        };
    InputStream breaksOff =
        new SequenceInputStream(new ByteArrayInputStream(patch, 0, patch.length - 5), failing);
    IOException failure =
        assertThrows(
            IOException.class,
            () -> Bspatch.apply(BASE, breaksOff, OutputStream.nullOutputStream(), 5_000));
    assertSame(cause, failure);
  }

  @Test
  void apply_largeTarget_isStreamed() throws IOException {
    byte[] patch = new PatchBytes(40L << 20).record(0, 40L << 20, 0, 40 << 20).build();
    long[] size = new long[1];
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int value) {
            size[0]++;
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            size[0] += length;
          }
        };
    Bspatch.apply(BASE, new ByteArrayInputStream(patch), counting, Long.MAX_VALUE);
    assertEquals(40L << 20, size[0]);
  }

  @Test
  void number_roundTrips() {
    byte[] bytes = new byte[PatchFormat.NUMBER_BYTES];
    for (long number : new long[] {0, 1, -1, 255, -256, Long.MAX_VALUE, -Long.MAX_VALUE}) {
      PatchFormat.putNumber(bytes, 0, number);
      assertEquals(number, PatchFormat.number(bytes, 0));
    }
    assertArrayEquals(new byte[] {5, 0, 0, 0, 0, 0, 0, (byte) 0x80}, number(-5));
  }

  private static byte[] number(long number) {
    byte[] bytes = new byte[PatchFormat.NUMBER_BYTES];
    PatchFormat.putNumber(bytes, 0, number);
    return bytes;
  }
}
