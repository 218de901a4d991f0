package dev.hotupdater.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zips that are small until somebody unpacks them. */
class ZipBombTest {
  private static final long GIBIBYTE = 1L << 30;
  private static final int CHUNK_BYTES = 1 << 20;

  /** Generous: what is to be seen is that it ends. */
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  @TempDir private Path folder;

  private void assertRejected(Reason reason, CraftedZip zip) throws IOException {
    Path file = zip.writeTo(folder.resolve("bundle.zip"));
    assertTimeoutPreemptively(
        DEADLINE, () -> Rejections.assertRejected(reason, ZipAdmission.standard(), file));
  }

  /** What so many zeros are packed to, which never are in memory. */
  private static byte[] packedZeros(long count) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] zeros = new byte[CHUNK_BYTES];
    byte[] buffer = new byte[CHUNK_BYTES];
    for (long left = count; left > 0; left -= CHUNK_BYTES) {
      deflater.setInput(zeros);
      while (!deflater.needsInput()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      packed.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return packed.toByteArray();
  }

  /** A bundle with an entry of these bytes that says it unpacks to that size. */
  private static CraftedZip bomb(byte[] packed, long announced) {
    CraftedEntry entry = CraftedEntry.deflated("bomb", new byte[0]);
    entry.packed = packed;
    entry.both(
        header -> {
          header.compressedSize = packed.length;
          header.size = announced;
        });
    return CraftedZip.withIndex().add(entry);
  }

  @Test
  void fewMegabytes_thatUnpackToManyGigabytes_areRejected_whateverTheyAnnounce() throws Exception {
    // Several deflate streams cannot follow each other, so this is one of 2 GiB ...
    byte[] packed = packedZeros(2 * GIBIBYTE);
    assertRejected(Reason.ENTRY_TOO_LARGE, bomb(packed, 2 * GIBIBYTE));
    assertRejected(Reason.CORRUPT_CONTENT, bomb(packed, 1000));
    // ... and just below what its ratio allows, it is unpacked up to there.
    assertRejected(Reason.CORRUPT_CONTENT, bomb(packed, Math.min(200L * packed.length, 1 << 29)));
  }

  @Test
  void tenMegabytes_thatUnpackToTenGigabytes_areRejected() throws Exception {
    // Blocks of a deflate stream do repeat: behind a full flush each stands for itself.
    byte[] block = flushedZeros(64 * CHUNK_BYTES);
    int blocks = (int) (10 * GIBIBYTE / (64 * CHUNK_BYTES));
    byte[] packed = new byte[block.length * blocks];
    for (int i = 0; i < blocks; i++) {
      System.arraycopy(block, 0, packed, i * block.length, block.length);
    }
    assertEquals(10, packed.length / (1 << 20), 1.0, "MiB packed");
    assertRejected(Reason.CORRUPT_CONTENT, bomb(packed, 512L << 20));
    assertRejected(Reason.ENTRY_TOO_LARGE, bomb(packed, (512L << 20) + 1));
    assertRejected(Reason.ENTRY_TOO_LARGE, bomb(packed, 0xffffffffL));
  }

  private static byte[] flushedZeros(int count) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(new byte[count]);
    byte[] buffer = new byte[CHUNK_BYTES];
    int length = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
    deflater.end();
    return Arrays.copyOf(buffer, length);
  }

  @Test
  void manyEntries_thatEachAreAllowed_butNotTogether_areRejected() throws Exception {
    byte[] half = flushedZeros(64 * CHUNK_BYTES);
    CraftedZip zip = CraftedZip.withIndex();
    for (int i = 0; i < 20; i++) {
      CraftedEntry entry = CraftedEntry.deflated("bomb" + i, new byte[0]);
      entry.packed = Arrays.copyOf(half, 400_000);
      entry.both(
          header -> {
            header.compressedSize = 400_000;
            header.size = 64L * CHUNK_BYTES;
          });
      zip.add(entry);
    }
    assertRejected(Reason.CONTENT_TOO_LARGE, zip);
  }

  @Test
  void entriesThatShareOneKernel_areRejectedBeforeAnythingIsUnpacked() throws Exception {
    CraftedEntry kernel = CraftedEntry.deflated("a0", new byte[CHUNK_BYTES]);
    CraftedZip zip = CraftedZip.empty().add(kernel);
    for (int i = 1; i < 1000; i++) {
      zip.addListed(CraftedEntry.deflated("a" + i, new byte[CHUNK_BYTES]));
    }
    zip.addListed(CraftedEntry.deflated("index.html", new byte[CHUNK_BYTES]));
    Path file = zip.writeTo(folder.resolve("bundle.zip"));
    ZipAdmission generous = ZipAdmission.builder().maxRatio(2000).build();
    Rejections.assertRejected(Reason.OVERLAP, generous, file);
  }

  @Test
  void entriesThatQuoteTheHeadersOfTheNext_areRejected() throws Exception {
    // Each one's content is all that follows it, headers and all, as one stored block.
    CraftedEntry inner = CraftedEntry.stored("index.html", "x".repeat(100));
    CraftedZip innerZip = CraftedZip.empty().add(inner);
    byte[] innerFile = Arrays.copyOf(innerZip.bytes(), 30 + 10 + 100);
    CraftedEntry outer = CraftedEntry.stored("outer", innerFile);
    CraftedZip zip =
        CraftedZip.empty()
            .add(outer)
            .addListed(inner.central(header -> header.offsetShift = 30 + 5));
    assertRejected(Reason.OVERLAP, zip);
  }

  @Test
  void endlessEmptyBlocks_areReadOnce() throws Exception {
    byte[] packed = new byte[5 * CHUNK_BYTES];
    for (int i = 0; i < packed.length; i += 5) {
      // A stored block of no bytes, and not the last one.
      packed[i + 3] = (byte) 0xff;
      packed[i + 4] = (byte) 0xff;
    }
    assertRejected(Reason.CORRUPT_CONTENT, bomb(packed, 0));
  }

  @Test
  void longestNamesAndDeepestFolders_stayWithinTheLimits() throws Exception {
    CraftedZip zip = CraftedZip.withIndex();
    for (int i = 0; i < 19_999; i++) {
      zip.add(CraftedEntry.stored(i + "/a".repeat(250), ""));
    }
    assertRejected(Reason.TOO_MANY_ENTRIES, zip);
  }
}
