package dev.hotupdater.s3.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleJson;
import dev.hotupdater.bundle.InvalidBundleException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The content of an {@code update.json}. What other software wrote into it stays as it is, also
 * what makes no sense here, until somebody writes a bundle with that id. Immutable.
 */
final class UpdateFile {
  static final UpdateFile EMPTY = new UpdateFile(List.of());

  private static final Comparator<Entry> NEWEST_FIRST =
      Comparator.comparing(
          Entry::id,
          Comparator.comparing(
              id -> id.orElse(BundleId.NIL), Comparator.<BundleId>naturalOrder().reversed()));

  private final List<Entry> entries;

  private UpdateFile(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * One element of the array.
   *
   * @param json as it is written
   * @param id the id; absent if it has none
   * @param bundle the bundle; absent if it makes no sense as one
   */
  private record Entry(JsonNode json, Optional<BundleId> id, Optional<Bundle> bundle) {
    static Entry of(Bundle bundle) {
      return new Entry(BundleJson.write(bundle), Optional.of(bundle.id()), Optional.of(bundle));
    }

    static Entry read(JsonNode json, ReadingProblems problems) {
      Optional<BundleId> id =
          Optional.ofNullable(json.get("id")).map(JsonNode::asText).flatMap(BundleId::parse);
      try {
        return new Entry(json, id, Optional.of(BundleJson.read(json)));
      } catch (InvalidBundleException e) {
        problems.bundleSkipped(id, e);
        return new Entry(json, id, Optional.empty());
      }
    }

    boolean hasAnyOf(Set<BundleId> ids) {
      return id.isPresent() && ids.contains(id.get());
    }
  }

  /** Reads a file; empty if it is no array in JSON. */
  static Optional<UpdateFile> read(byte[] body, ReadingProblems problems) {
    Optional<JsonNode> json = parse(body).filter(JsonNode::isArray);
    if (json.isEmpty()) {
      problems.objectSkipped("it is not a JSON array");
      return Optional.empty();
    }
    List<Entry> entries = new ArrayList<>();
    json.get().forEach(element -> entries.add(Entry.read(element, problems)));
    return Optional.of(new UpdateFile(entries));
  }

  private static Optional<JsonNode> parse(byte[] body) {
    try {
      return Optional.ofNullable(MetadataJson.MAPPER.readTree(body));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory does not fail", e);
    }
  }

  /** Whether there is nothing in it, not even what makes no sense. */
  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** How many elements make no sense as bundles. */
  int unreadable() {
    return (int) entries.stream().filter(entry -> entry.bundle().isEmpty()).count();
  }

  List<Bundle> bundles() {
    return entries.stream().flatMap(entry -> entry.bundle().stream()).toList();
  }

  /** Whether there is an element with one of these ids. */
  boolean hasAnyOf(Set<BundleId> ids) {
    return entries.stream().anyMatch(entry -> entry.hasAnyOf(ids));
  }

  /** The file with these bundles, and with nothing else that has one of these ids. */
  UpdateFile with(Collection<Bundle> bundles, Set<BundleId> ids) {
    List<Entry> kept = new ArrayList<>();
    Set<Bundle> missing = new HashSet<>(bundles);
    for (Entry entry : entries) {
      boolean isWanted = entry.bundle().isPresent() && missing.remove(entry.bundle().get());
      if (isWanted || !entry.hasAnyOf(ids)) {
        kept.add(entry);
      }
    }
    if (!missing.isEmpty()) {
      missing.forEach(bundle -> kept.add(Entry.of(bundle)));
      kept.sort(NEWEST_FIRST);
    }
    return new UpdateFile(kept);
  }

  /** Whether both have the same elements in the same order. */
  boolean isSame(UpdateFile other) {
    return entries.equals(other.entries);
  }

  /** The array as text, newest first. */
  String text() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    entries.forEach(entry -> array.add(entry.json()));
    return array.toString();
  }
}
