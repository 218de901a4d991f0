package dev.hotupdater.brotli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.brotli.dec.BrotliInputStream;
import org.junit.jupiter.api.Test;

class BrotliCompressionTest {
  private static byte[] compressed(BrotliCompression compression, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    compression.compress(new ByteArrayInputStream(bytes), bytes.length, out);
    return out.toByteArray();
  }

  /** As clients on Android do it. */
  private static byte[] decompressed(byte[] bytes) throws IOException {
    try (InputStream in = new BrotliInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  private static List<byte[]> samples() {
    long seed = Long.getLong("hotupdater.seed", System.nanoTime());
    System.out.println("BrotliCompressionTest: -Dhotupdater.seed=" + seed);
    Random random = new Random(seed);
    List<byte[]> samples = new ArrayList<>();
    for (int size : new int[] {0, 1, 8_192, 65_536, 65_537, 3_000_000}) {
      byte[] noise = new byte[size];
      random.nextBytes(noise);
      samples.add(noise);
      byte[] text = new byte[size];
      for (int i = 0; i < size; i++) {
        text[i] = (byte) ('a' + random.nextInt(4));
      }
      samples.add(text);
    }
    return samples;
  }

  @Test
  void compress_isReadByTheDecoderOfTheClients() throws IOException {
    for (byte[] sample : samples()) {
      for (int quality : new int[] {0, 5, BrotliCompression.DEFAULT_QUALITY}) {
        BrotliCompression compression = BrotliCompression.ofQuality(quality);
        assertArrayEquals(sample, decompressed(compressed(compression, sample)));
      }
    }
  }

  @Test
  void compress_bestQuality_isReadToo() throws IOException {
    byte[] text = "const answer = 42;\n".repeat(2_000).getBytes(UTF_8);
    byte[] packed = compressed(BrotliCompression.ofQuality(11), text);
    assertTrue(packed.length < text.length / 100);
    assertArrayEquals(text, decompressed(packed));
  }

  @Test
  void compress_byManyThreads_givesTheSame() throws IOException {
    byte[] text = "const answer = 42;\n".repeat(5_000).getBytes(UTF_8);
    BrotliCompression compression = BrotliCompression.create();
    byte[] once = compressed(compression, text);
    IntStream.range(0, 32)
        .parallel()
        .forEach(
            i -> {
              try {
                assertArrayEquals(once, compressed(compression, text));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
  }

  @Test
  void compress_leavesTheStreamOpen() throws IOException {
    AtomicBoolean isClosed = new AtomicBoolean();
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            isClosed.set(true);
          }
        };
    BrotliCompression.create().compress(new ByteArrayInputStream(new byte[10]), 10, out);
    assertFalse(isClosed.get());
  }

  @Test
  void compress_contentThatFails_passesTheFailureOn_andLeavesItsTurn() throws IOException {
    BrotliCompression compression = BrotliCompression.create();
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("broken");
          }
        };
    for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
      assertEquals(
          "broken",
          assertThrows(
                  IOException.class,
                  () -> compression.compress(broken, 1, new ByteArrayOutputStream()))
              .getMessage());
    }
    assertArrayEquals(new byte[] {1}, decompressed(compressed(compression, new byte[] {1})));
  }

  @Test
  void quality_outOfRange_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> BrotliCompression.ofQuality(-1));
    assertThrows(IllegalArgumentException.class, () -> BrotliCompression.ofQuality(12));
  }

  @Test
  void window_isAsLargeAsTheContent_withinLimits() {
    assertEquals(10, BrotliCompression.windowBits(0));
    assertEquals(15, BrotliCompression.windowBits(8_192));
    assertEquals(22, BrotliCompression.windowBits(1L << 40));
  }
}
