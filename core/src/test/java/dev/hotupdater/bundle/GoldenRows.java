package dev.hotupdater.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The rows of a file of answers that the Node implementation gave: one JSON value a line. */
final class GoldenRows {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private GoldenRows() {}

  /** The rows of this file in the folder {@code golden}, which may be compressed. */
  static List<JsonNode> read(String name) {
    List<JsonNode> rows = new ArrayList<>();
    try (InputStream file = GoldenRows.class.getResourceAsStream("/golden/" + name)) {
      if (file == null) {
        throw new IllegalArgumentException("No test resource golden/" + name);
      }
      InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(file) : file;
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows.add(MAPPER.readTree(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read golden/" + name, e);
    }
    return rows;
  }
}
