package dev.hotupdater.examples.capacitor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip of a built site, as {@code capgo bundle zip} makes one, with a page and nothing else.
 *
 * @param zip the file
 */
record ExampleSite(Path zip) {
  /** The version of the site. */
  static final String VERSION = "1.2.0";

  private static final String PAGE = "<!doctype html><title>Example</title><p>Version 1.2.0\n";

  /** The example of this data folder, which is made if it is not there. */
  static ExampleSite in(Path data) throws IOException {
    Path zip = data.resolve("example_" + VERSION + ".zip").toAbsolutePath();
    if (!Files.exists(zip)) {
      Files.createDirectories(data);
      try (OutputStream out = Files.newOutputStream(zip);
          ZipOutputStream entries = new ZipOutputStream(out)) {
        entries.putNextEntry(new ZipEntry("index.html"));
        entries.write(PAGE.getBytes(StandardCharsets.UTF_8));
        entries.closeEntry();
      }
    }
    return new ExampleSite(zip);
  }
}
