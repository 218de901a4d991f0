package dev.hotupdater.examples.quickstart;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip archive to publish: what the command line would make of a very small app. */
record ExampleBundle(Path file, String sha256) {
  private static final Map<String, String> CONTENT =
      new TreeMap<>(
          Map.of(
              "index.ios.bundle", "console.log('hello from an update');\n",
              "assets/greeting.txt", "hello\n"));

  /** The example of this data folder, which is made if it is not there. */
  static ExampleBundle in(Path data) throws IOException {
    Path file = data.resolve("example-bundle.zip").toAbsolutePath();
    if (!Files.exists(file)) {
      write(file);
    }
    return new ExampleBundle(file, sha256(file));
  }

  private static void write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> entry : CONTENT.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
