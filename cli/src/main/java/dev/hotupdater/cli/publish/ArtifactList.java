package dev.hotupdater.cli.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A JSON file that says what files are for whose names and folders do not. */
final class ArtifactList {
  private static final int MAX_BYTES = 1 << 20;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private ArtifactList() {}

  /** The entries of the file; no two are for the same file. */
  static List<ArtifactEntry> read(Path file) {
    JsonNode json = parse(file);
    if (!json.isArray()) {
      throw new PublishException(file + " must be a JSON array of objects.");
    }
    List<ArtifactEntry> entries = new ArrayList<>();
    Set<String> files = new HashSet<>();
    for (JsonNode element : json) {
      ArtifactEntry entry = ArtifactEntry.read(element, file + ", element " + (entries.size() + 1));
      if (!files.add(entry.file())) {
        throw new PublishException(file + " names " + entry.file() + " twice.");
      }
      entries.add(entry);
    }
    return entries;
  }

  private static JsonNode parse(Path file) {
    String text = SmallFile.read(file, MAX_BYTES);
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new PublishException(
          file + " is not valid JSON, line " + e.getLocation().getLineNr() + ".");
    }
  }
}
