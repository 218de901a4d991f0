package dev.hotupdater.s3.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hotupdater.database.Revision;
import dev.hotupdater.s3.database.MetadataBucket.Fetched;
import dev.hotupdater.s3.database.MetadataListing.Listed;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the lists of targets, which the Node plugin answers update checks from. This library does
 * not read them for anything else.
 */
final class TargetLists {
  private static final long MAX_CACHED_BYTES = 1024 * 1024;

  private final MetadataBucket bucket;
  private final MetadataLayout layout;
  private final UnreadableObjects unreadable = new UnreadableObjects();
  private final ContentCache<List<String>> cache = new ContentCache<>(MAX_CACHED_BYTES);

  TargetLists(MetadataBucket bucket, MetadataLayout layout) {
    this.bucket = bucket;
    this.layout = layout;
  }

  /**
   * Makes the list say what the objects do. One that cannot be read is left as it is.
   *
   * @return false if somebody else has changed the list meanwhile; it has been looked for again
   */
  boolean write(ReleaseLine line, StoredObjects objects, Revision revision) {
    String key = layout.targetsKey(line);
    Optional<Listed> listed = objects.targetList(key);
    Optional<List<String>> known =
        listed.isPresent() ? read(listed.get(), objects) : Optional.of(List.of());
    if (known.isEmpty()) {
      return true;
    }
    List<String> targets = objects.targets(line, known.get());
    if (targets.equals(known.get())) {
      return true;
    }
    byte[] body = WriteMark.mark(text(targets), revision);
    Optional<String> etag = objects.targetList(key).map(Listed::etag);
    Optional<String> written = bucket.put(key, body, etag);
    if (written.isEmpty()) {
      lookAgain(key, objects);
      return false;
    }
    cache.put(key, written.get(), targets, body.length);
    objects.putTargetList(listed(key, written.get()));
    return true;
  }

  private Optional<List<String>> read(Listed listed, StoredObjects objects) {
    Optional<List<String>> known = cache.get(listed.key(), listed.etag());
    return known.isPresent() ? known : fetch(listed.key(), objects);
  }

  private void lookAgain(String key, StoredObjects objects) {
    objects.remove(key);
    fetch(key, objects);
  }

  private Optional<List<String>> fetch(String key, StoredObjects objects) {
    Fetched fetched = bucket.fetch(key);
    if (fetched instanceof Fetched.Found) {
      Fetched.Found found = (Fetched.Found) fetched;
      objects.putTargetList(listed(key, found.etag()));
      Optional<List<String>> targets = parse(found.body());
      targets.ifPresentOrElse(
          read -> cache.put(key, found.etag(), read, found.body().length),
          () -> unreadable.in(key, found.etag()).objectSkipped("it is no JSON array of texts"));
      return targets;
    }
    if (fetched instanceof Fetched.Unusable) {
      objects.putTargetList(listed(key, ""));
      unreadable.in(key, "").objectSkipped(((Fetched.Unusable) fetched).reason());
      return Optional.empty();
    }
    objects.remove(key);
    return Optional.of(List.of());
  }

  private static Listed listed(String key, String etag) {
    return new Listed(key, etag, Instant.now(), false);
  }

  private static Optional<List<String>> parse(byte[] body) {
    List<String> targets = new ArrayList<>();
    try {
      JsonNode json = MetadataJson.MAPPER.readTree(body);
      for (JsonNode element : json) {
        if (!element.isTextual()) {
          return Optional.empty();
        }
        targets.add(element.textValue());
      }
      return json.isArray() ? Optional.of(targets) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory does not fail", e);
    }
  }

  private static String text(List<String> targets) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    targets.forEach(array::add);
    return array.toString();
  }
}
