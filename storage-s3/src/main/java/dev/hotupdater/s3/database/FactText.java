package dev.hotupdater.s3.database;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The content of an object with facts: lines of JSON, compressed with gzip. */
final class FactText {
  /** Twice what the most facts of one object take if every text is as long as it can be. */
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  private FactText() {}

  /** The lines, which are the same for the same facts. */
  static byte[] lines(List<RecordedFact> facts) {
    StringBuilder lines = new StringBuilder();
    facts.forEach(fact -> lines.append(FactJson.write(fact)).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] compress(byte[] lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(lines);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads all lines.
   *
   * @throws IOException if the content is damaged
   * @throws RuntimeException if a line is no fact
   */
  static List<RecordedFact> read(byte[] body) throws IOException {
    List<RecordedFact> facts = new ArrayList<>();
    for (String line : lines(body)) {
      facts.add(FactJson.read(line));
    }
    return facts;
  }

  private static List<String> lines(byte[] body) throws IOException {
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] text = plain.readNBytes(MAX_BYTES + 1);
      if (text.length > MAX_BYTES) {
        throw new IOException("It is larger than " + MAX_BYTES + " bytes");
      }
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8));
      return reader.lines().toList();
    }
  }
}
