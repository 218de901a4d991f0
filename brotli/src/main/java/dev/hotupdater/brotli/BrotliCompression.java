package dev.hotupdater.brotli;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import dev.hotupdater.publishing.web.FileCompression;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;

/**
 * Compresses with the encoder of the Brotli project, which is native code: see the README for the
 * systems that it runs on. As many files are compressed at the same time as there are processors;
 * more wait, since each needs memory outside of the heap. Safe for use by many threads.
 */
public final class BrotliCompression implements FileCompression {
  /** The quality that nothing else is said of. */
  public static final int DEFAULT_QUALITY = 9;

  private static final int BEST_QUALITY = 11;

  /** 1 KiB; the smallest that the format has. */
  private static final int LEAST_WINDOW_BITS = 10;

  /** 4 MiB: a device needs as much memory to decompress. */
  private static final int MOST_WINDOW_BITS = 22;

  private final int quality;
  private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  private BrotliCompression(int quality) {
    this.quality = quality;
  }

  /**
   * The compression with {@link #DEFAULT_QUALITY}.
   *
   * @throws IllegalStateException if the native code cannot be loaded
   */
  public static BrotliCompression create() {
    return ofQuality(DEFAULT_QUALITY);
  }

  /**
   * The compression with this quality.
   *
   * @param quality from 0, the fastest, to 11, the smallest and by far the slowest
   * @throws IllegalArgumentException if it is another number
   * @throws IllegalStateException if the native code cannot be loaded
   */
  public static BrotliCompression ofQuality(int quality) {
    if (quality < 0 || quality > BEST_QUALITY) {
      throw new IllegalArgumentException(
          "quality must be from 0 to " + BEST_QUALITY + ", not " + quality);
    }
    requireNativeCode();
    return new BrotliCompression(quality);
  }

  private static void requireNativeCode() {
    if (!Brotli4jLoader.isAvailable()) {
      throw new IllegalStateException(
          "The native code of Brotli cannot be loaded. Add the artifact"
              + " com.aayushatharva.brotli4j:native-… for this system and processor, or publish"
              + " without compression.",
          Brotli4jLoader.getUnavailabilityCause());
    }
  }

  @Override
  public void compress(InputStream content, long size, OutputStream out) throws IOException {
    turns.acquireUninterruptibly();
    try (OutputStream encoder = new BrotliOutputStream(new LeftOpen(out), parameters(size))) {
      content.transferTo(encoder);
    } finally {
      turns.release();
    }
  }

  private Encoder.Parameters parameters(long size) {
    return Encoder.Parameters.create(quality, windowBits(size));
  }

  /** As large as the content needs, and not larger than devices should have to take. */
  static int windowBits(long size) {
    int needed = Long.SIZE - Long.numberOfLeadingZeros(Math.max(size, 1));
    return Math.min(Math.max(needed + 1, LEAST_WINDOW_BITS), MOST_WINDOW_BITS);
  }

  /** For messages. */
  @Override
  public String toString() {
    return "BrotliCompression[quality " + quality + "]";
  }

  /** The encoder has to be closed, and what it writes to must not be. */
  private static final class LeftOpen extends FilterOutputStream {
    private LeftOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
