package dev.hotupdater.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.Seed;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle as large as they get. What it costs is printed, not asserted. */
class LargeZipTest {
  private static final int FILES = 2_000;
  private static final int FILE_BYTES = 31_000;

  @TempDir private Path folder;

  private Path bundle() throws IOException {
    Path file = folder.resolve("bundle.zip");
    Random random = Seed.random(LargeZipTest.class);
    byte[] content = new byte[FILE_BYTES];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("index.html"));
      for (int i = 1; i < FILES; i++) {
        // Half of it cannot be packed, so that the zip has 40 MB, and 62 MB in it.
        random.nextBytes(content);
        for (int at = 0; at < FILE_BYTES; at += 2) {
          content[at] = 0;
        }
        zip.putNextEntry(new ZipEntry("assets/" + i % 50 + "/chunk-" + i + ".js"));
        zip.write(content);
      }
    }
    return file;
  }

  /** Some bytes are counted that are not this thread's; what matters is their order. */
  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  @Test
  void largeBundle_isAdmitted_andGivesItsFiles() throws IOException {
    Path file = bundle();
    long bytes = allocated();
    long start = System.nanoTime();
    WebBundle bundle = ZipAdmission.standard().admit(file);
    report("admit", bundle, start, bytes);

    bytes = allocated();
    start = System.nanoTime();
    AtomicLong total = new AtomicLong();
    bundle.forEachFile(
        (entry, content) -> total.addAndGet(content.transferTo(OutputStream.nullOutputStream())));
    report("forEachFile", bundle, start, bytes);

    assertEquals(FILES, bundle.files().size());
    assertEquals((FILES - 1L) * FILE_BYTES, total.get());
    assertEquals(total.get(), bundle.contentSize());
    assertTrue(bundle.size() > 40_000_000, bundle.size() + " bytes");
  }

  private static void report(String what, WebBundle bundle, long start, long bytes) {
    System.out.printf(
        "LargeZipTest: %s of %,d bytes with %,d files: %,d ms, %,d bytes allocated%n",
        what,
        bundle.size(),
        bundle.files().size(),
        (System.nanoTime() - start) / 1_000_000,
        allocated() - bytes);
  }
}
