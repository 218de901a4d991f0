package dev.hotupdater.s3.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.Revision;
import dev.hotupdater.database.SchemaException;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.JsonFields;
import dev.hotupdater.release.ReleaseId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The JSON form of the root. */
final class ReleaseRootJson {
  private static final long FORMAT = 1;

  private ReleaseRootJson() {}

  static byte[] write(ReleaseRoot root) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT);
    ArrayNode revisions = json.putArray("revisions");
    root.recent().forEach(revision -> revisions.add(revision.value()));
    ArrayNode apps = json.putArray("apps");
    root.apps().values().forEach(entry -> write(entry, apps.addObject()));
    ArrayNode releases = json.putArray("releases");
    root.releases().values().forEach(entry -> write(entry, releases.addObject()));
    ArrayNode retired = json.putArray("retired");
    root.retired().forEach(former -> write(former, retired.addObject()));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(AppEntry entry, ObjectNode json) {
    json.put("id", entry.id().value());
    entry.slug().ifPresent(slug -> json.put("slug", slug));
    json.put("record", entry.record().value());
  }

  private static void write(ReleaseEntry entry, ObjectNode json) {
    json.put("id", entry.id().value());
    json.put("app", entry.appId());
    json.put("channel", entry.channel());
    json.put("version", entry.version());
    json.put("record", entry.record().value());
  }

  private static void write(RetiredRecord former, ObjectNode json) {
    json.put("record", former.record().value());
    json.put("at", former.at().getEpochSecond());
  }

  /**
   * Reads a root.
   *
   * @throws SchemaException if a newer version has written it
   * @throws DatabaseException if it is none
   */
  static ReleaseRoot read(byte[] body, String key) {
    try {
      JsonFields json = JsonFields.of(MetadataJson.MAPPER.readTree(body));
      long format = json.number("format");
      if (format > FORMAT) {
        throw new SchemaException(
            "The list of releases '"
                + key
                + "' has format "
                + format
                + ", and this version knows format "
                + FORMAT
                + " only. Update this server.");
      }
      return new ReleaseRoot(
          json.texts("revisions").stream().map(Revision::new).toList(),
          apps(present(json, "apps")),
          releases(present(json, "releases")),
          // Roots of earlier versions have none.
          json.objects("retired").stream().map(ReleaseRootJson::retired).toList());
    } catch (JsonProcessingException
        | DateTimeException
        | IllegalArgumentException
        | InvalidReleaseException e) {
      throw new DatabaseException(
          "The list of releases '"
              + key
              + "' is damaged. Restore an earlier version of it, and the objects under 'records/'"
              + " beside it that were deleted since. Do not delete it: without it no release can be"
              + " read.",
          e);
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory does not fail", e);
    }
  }

  /** A list that is not there is no empty one: clients would lose their updates. */
  private static List<JsonFields> present(JsonFields json, String name) {
    if (!json.has(name)) {
      throw json.invalid(name, "must be an array");
    }
    return json.objects(name);
  }

  private static SortedMap<AppId, AppEntry> apps(List<JsonFields> elements) {
    SortedMap<AppId, AppEntry> apps = new TreeMap<>();
    for (JsonFields json : elements) {
      AppId id = AppId.of(json.text("id"));
      apps.put(id, new AppEntry(id, json.optionalText("slug"), record(json)));
    }
    checkDistinct(apps.size(), elements.size());
    return apps;
  }

  private static SortedMap<ReleaseId, ReleaseEntry> releases(List<JsonFields> elements) {
    SortedMap<ReleaseId, ReleaseEntry> releases = new TreeMap<>();
    for (JsonFields json : elements) {
      ReleaseId id = new ReleaseId(json.text("id"));
      releases.put(
          id,
          new ReleaseEntry(
              id, json.text("app"), json.text("channel"), json.text("version"), record(json)));
    }
    checkDistinct(releases.size(), elements.size());
    return releases;
  }

  private static RetiredRecord retired(JsonFields json) {
    return new RetiredRecord(record(json), Instant.ofEpochSecond(json.number("at")));
  }

  private static RecordName record(JsonFields json) {
    return new RecordName(json.text("record"));
  }

  private static void checkDistinct(int ids, int elements) {
    if (ids != elements) {
      throw new IllegalArgumentException("An id is listed twice");
    }
  }
}
