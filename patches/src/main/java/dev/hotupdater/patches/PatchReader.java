package dev.hotupdater.patches;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * Reads a patch from its start to its end. Whatever is wrong with it is a {@link
 * MalformedPatchException}, and only a failure of the stream that it comes from an {@link
 * IOException}. Not for use by several threads.
 */
final class PatchReader {
  private final PatchSource source;
  private final InputStream patch;
  private final long targetSize;
  private final InputStream records;

  PatchReader(InputStream stream) throws IOException {
    source = new PatchSource(stream);
    patch = new BufferedInputStream(source);
    targetSize = readHeader();
    records = reading(() -> new BZip2CompressorInputStream(patch));
  }

  /** The size of the target in bytes, as the patch says it; not negative. */
  long targetSize() {
    return targetSize;
  }

  private long readHeader() throws IOException {
    byte[] magic = PatchFormat.magic();
    byte[] header = patch.readNBytes(magic.length + PatchFormat.NUMBER_BYTES);
    if (header.length < magic.length + PatchFormat.NUMBER_BYTES
        || !Arrays.equals(magic, Arrays.copyOf(header, magic.length))) {
      throw new MalformedPatchException("This is no patch in the format ENDSLEY/BSDIFF43.");
    }
    long size = PatchFormat.number(header, magic.length);
    if (size < 0) {
      throw new MalformedPatchException("The patch says that the file has a negative size.");
    }
    return size;
  }

  /** Fills the start of the buffer with the next bytes of the records. */
  void read(byte[] buffer, int count) throws IOException {
    if (reading(() -> records.readNBytes(buffer, 0, count)) < count) {
      throw new MalformedPatchException("The patch ends too early. It may have been cut off.");
    }
  }

  /** Checks that nothing follows; the checksum of the last bytes is checked with that. */
  void requireEnd() throws IOException {
    if (reading(records::read) >= 0) {
      throw new MalformedPatchException("The patch goes on behind the end of the file.");
    }
    if (reading(patch::read) >= 0) {
      throw new MalformedPatchException("There are bytes behind the end of the patch.");
    }
  }

  /** Something that is done with the compressed stream. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T reading(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (IOException | RuntimeException e) {
      // The decompressor throws exceptions of either kind when it meets damaged data.
      if (source.failure().isPresent()) {
        throw source.failure().get();
      }
      throw new MalformedPatchException("The patch is damaged: its bzip2 stream is not valid.", e);
    }
  }
}
