package dev.hotupdater.s3.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleJson;
import dev.hotupdater.bundle.InvalidBundleException;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.database.ChangeLog;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.SchemaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The JSON form of the journal. */
final class JournalJson {
  private static final int FORMAT = 1;

  private JournalJson() {}

  static byte[] write(Journal journal) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT);
    json.put("log", journal.log().text());
    if (journal.unfinished()) {
      json.put("pending", true);
    }
    ArrayNode recent = json.putArray("recent");
    journal.recent().forEach(commit -> recent.add(write(commit)));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode write(PendingCommit commit) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode present = json.putArray("present");
    commit.present().forEach(bundle -> present.add(BundleJson.write(bundle)));
    ArrayNode absent = json.putArray("absent");
    commit.absent().forEach(id -> absent.add(id.toString()));
    ArrayNode lines = json.putArray("lines");
    commit
        .lines()
        .forEach(
            line ->
                lines
                    .addObject()
                    .put("channel", line.channel())
                    .put("platform", line.platform().wireName()));
    return json;
  }

  /**
   * Reads a journal.
   *
   * @throws SchemaException if a newer version has written it
   * @throws DatabaseException if it is none
   */
  static Journal read(byte[] body, String key) {
    try {
      JsonNode json = MetadataJson.MAPPER.readTree(body);
      int format = json.path("format").asInt();
      if (format > FORMAT) {
        throw new SchemaException(
            "The journal '"
                + key
                + "' has format "
                + format
                + ", and this version knows format "
                + FORMAT
                + " only. Update this server.");
      }
      ChangeLog log =
          ChangeLog.parse(json.path("log").asText())
              .filter(read -> format == FORMAT)
              .orElseThrow(() -> new IllegalArgumentException("no log"));
      List<PendingCommit> recent = new ArrayList<>();
      json.path("recent").forEach(commit -> recent.add(commit(commit)));
      return new Journal(log, recent, json.path("pending").asBoolean());
    } catch (JsonProcessingException | IllegalArgumentException | InvalidBundleException e) {
      throw new DatabaseException(
          "The journal '"
              + key
              + "' is damaged. Restore an earlier version of it, or delete it; a commit that was just"
              + " being made then stays half done: repeat it.",
          e);
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory does not fail", e);
    }
  }

  private static PendingCommit commit(JsonNode json) {
    List<Bundle> present = new ArrayList<>();
    json.path("present").forEach(bundle -> present.add(BundleJson.read(bundle)));
    Set<BundleId> absent = new HashSet<>();
    json.path("absent").forEach(id -> absent.add(BundleId.of(id.asText())));
    Set<ReleaseLine> lines = new HashSet<>();
    json.path("lines").forEach(line -> lines.add(line(line)));
    return new PendingCommit(present, absent, lines);
  }

  private static ReleaseLine line(JsonNode json) {
    return new ReleaseLine(
        json.path("channel").asText(),
        Platform.fromWireName(json.path("platform").asText())
            .orElseThrow(() -> new IllegalArgumentException("no platform")));
  }
}
