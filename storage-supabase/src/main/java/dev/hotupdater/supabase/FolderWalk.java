package dev.hotupdater.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.storage.Bucket;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectSummary;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The objects whose key starts with a text, found page by page and folder by folder, as the API
 * lists one level of one folder at a time. Not for use by several threads.
 */
final class FolderWalk implements Iterator<ObjectSummary> {
  static final int PAGE = 1000;

  /** The server may give fewer than was asked for, but not fewer than it gives unasked. */
  private static final int SMALLEST_FULL_PAGE = 100;

  /** A folder that is being listed: {@code ""}, or ending with a slash. */
  private static final class Level {
    private final String folder;
    private Iterator<JsonNode> entries = Collections.emptyIterator();
    private long offset;
    private boolean hasMore = true;

    private Level(String folder) {
      this.folder = folder;
    }
  }

  private final Api api;
  private final Endpoints endpoints;
  private final Bucket bucket;
  private final String prefix;
  private final Deque<Level> levels = new ArrayDeque<>();
  private Optional<ObjectSummary> next = Optional.empty();

  private FolderWalk(Api api, Endpoints endpoints, Bucket bucket, String prefix) {
    this.api = api;
    this.endpoints = endpoints;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /** A walk over the keys that start with a text, as they are in the bucket. */
  static FolderWalk of(Api api, Endpoints endpoints, Bucket bucket, String prefix) {
    FolderWalk walk = new FolderWalk(api, endpoints, bucket, prefix);
    String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    if (isFolder(folder)) {
      walk.levels.push(new Level(folder));
    }
    return walk;
  }

  /** No key that can be written starts with another folder, but a server may correct it. */
  private static boolean isFolder(String folder) {
    return folder.isEmpty()
        || ObjectKey.parse(folder.substring(0, folder.length() - 1)).isPresent();
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && !levels.isEmpty()) {
      next = step(levels.element());
    }
    return next.isPresent();
  }

  @Override
  public ObjectSummary next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ObjectSummary found = next.get();
    next = Optional.empty();
    return found;
  }

  private Optional<ObjectSummary> step(Level level) {
    if (level.entries.hasNext()) {
      return visit(level.folder, level.entries.next());
    }
    if (level.hasMore) {
      fetch(level);
    } else {
      levels.pop();
    }
    return Optional.empty();
  }

  private Optional<ObjectSummary> visit(String folder, JsonNode entry) {
    String key = folder + entry.path("name").asText();
    if (ObjectKey.parse(key).isEmpty()) {
      // Made by other software under a key that cannot be asked for.
      return Optional.empty();
    }
    if (!entry.path("id").isTextual()) {
      String inner = key + '/';
      if (inner.startsWith(prefix)) {
        levels.push(new Level(inner));
      }
      return Optional.empty();
    }
    // Without a size it is an upload that has not come to its end.
    JsonNode size = entry.path("metadata").path("size");
    return key.startsWith(prefix) && size.isNumber()
        ? Optional.of(
            new ObjectSummary(bucket.uriOfStoredKey(key), size.asLong(), lastModified(entry)))
        : Optional.empty();
  }

  private static Instant lastModified(JsonNode entry) {
    JsonNode updated = entry.path("updated_at");
    try {
      return OffsetDateTime.parse(
              (updated.isTextual() ? updated : entry.path("created_at")).asText())
          .toInstant();
    } catch (DateTimeException e) {
      throw Json.unexpected();
    }
  }

  private void fetch(Level level) {
    ObjectNode body =
        Json.MAPPER
            .createObjectNode()
            .put("prefix", level.folder)
            .put("limit", PAGE)
            .put("offset", level.offset);
    body.putObject("sortBy").put("column", "name").put("order", "asc");
    JsonNode page;
    try {
      page = api.exchange("POST", endpoints.list(), body);
    } catch (RefusedException e) {
      throw e.explained();
    }
    if (!page.isArray()) {
      throw Json.unexpected();
    }
    level.entries = page.iterator();
    level.offset += page.size();
    level.hasMore = page.size() >= SMALLEST_FULL_PAGE;
  }
}
