package dev.hotupdater.brotli;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.archive.ZipAdmission;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.publishing.web.NewWebBundle;
import dev.hotupdater.publishing.web.WebPublishing;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.storage.FileStorage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Measures how long it takes to publish a bundle of 40 MB in 2,000 files, and the same once more
 * with one file changed. To be run by hand, with a folder for what is stored.
 */
public final class PublishingFigure {
  private static final int FILES = 2_000;
  private static final int TOTAL_BYTES = 40_000_000;
  private static final String[] WORDS = {
    "function",
    "return",
    "const",
    "this",
    "value",
    "element",
    "=>",
    "{",
    "}",
    "(",
    ")",
    ";",
    "margin",
    "color",
    "props",
    "state",
    "render",
    "document",
    "\n",
    " = "
  };

  private PublishingFigure() {}

  /** Takes the folder, and optionally the quality and the seed. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int quality =
        arguments.length > 1 ? Integer.parseInt(arguments[1]) : BrotliCompression.DEFAULT_QUALITY;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    System.out.printf(
        "seed %d, quality %d, %d processors, heap of %d MB%n",
        seed,
        quality,
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20);
    Path first = zip(folder.resolve("first.zip"), seed, "first");
    Path second = zip(folder.resolve("second.zip"), seed, "second");
    System.out.printf("zip of %.1f MB%n", Files.size(first) / 1e6);
    time("admission alone", () -> ZipAdmission.standard().admit(first).files().size());
    try (HotUpdater server =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(FileStorage.at(folder.resolve("storage")))
            .build()) {
      WebPublishing publishing =
          WebPublishing.builder()
              .compression(BrotliCompression.ofQuality(quality))
              .start(server.backend());
      time("publish", () -> publish(publishing, "1.0.0", first));
      time("publish with one file changed", () -> publish(publishing, "1.0.1", second));
    }
  }

  private static String publish(WebPublishing publishing, String version, Path zip) {
    return publishing
        .publish(
            AppId.of("com.example.app"),
            NewWebBundle.of(ReleaseVersion.of(version)),
            zip,
            RequestContext.none())
        .toString()
        .substring(0, 20);
  }

  private interface Work {
    Object run() throws IOException;
  }

  private static void time(String name, Work work) throws IOException {
    long start = System.nanoTime();
    Object result = work.run();
    System.out.printf("%s: %.2f s (%s)%n", name, (System.nanoTime() - start) / 1e9, result);
  }

  /** Half of the bytes are text as in scripts, the others as in pictures. */
  private static Path zip(Path zip, long seed, String index) throws IOException {
    Random random = new Random(seed);
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.putNextEntry(new ZipEntry("index.html"));
      out.write(index.getBytes(StandardCharsets.UTF_8));
      for (int i = 1; i < FILES; i++) {
        boolean isText = i % 2 == 0;
        out.putNextEntry(new ZipEntry("assets/" + i + (isText ? ".js" : ".png")));
        out.write(isText ? text(random) : noise(random));
      }
    }
    return zip;
  }

  private static byte[] text(Random random) {
    StringBuilder text = new StringBuilder();
    while (text.length() < TOTAL_BYTES / FILES) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(50)).append(' ');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] noise(Random random) {
    byte[] noise = new byte[TOTAL_BYTES / FILES];
    random.nextBytes(noise);
    return noise;
  }
}
