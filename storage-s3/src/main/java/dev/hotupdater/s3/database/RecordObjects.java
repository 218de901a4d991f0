package dev.hotupdater.s3.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.s3.database.MetadataBucket.Fetched;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes the objects with apps, or those with releases. As they never change, one that
 * was read or written once is not read again, as long as there is memory for it. Safe for use by
 * many threads.
 */
final class RecordObjects<T> {
  private static final long MOST_CACHED_BYTES = 32L * 1024 * 1024;
  private static final int PART_OF_HEAP = 32;
  private static final String ONE_CONTENT = "";

  private final MetadataBucket bucket;
  private final MetadataLayout layout;
  private final ContentCache<T> cache =
      new ContentCache<>(
          Math.min(MOST_CACHED_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));

  RecordObjects(MetadataBucket bucket, MetadataLayout layout) {
    this.bucket = bucket;
    this.layout = layout;
  }

  /** Reads what these entries list; the answers are in any order. */
  List<Reading<T>> read(Collection<? extends RootEntry<T>> entries) {
    List<Reading<T>> readings = new ArrayList<>();
    List<RootEntry<T>> unknown = new ArrayList<>();
    for (RootEntry<T> entry : entries) {
      cached(entry)
          .ifPresentOrElse(
              content -> readings.add(Reading.of(entry, key(entry), content)),
              () -> unknown.add(entry));
    }
    readings.addAll(ParallelRequests.map(unknown, this::fetch));
    return readings;
  }

  /** Reads what this entry lists. */
  Reading<T> read(RootEntry<T> entry) {
    return cached(entry)
        .map(content -> Reading.of(entry, key(entry), content))
        .orElseGet(() -> fetch(entry));
  }

  private Optional<T> cached(RootEntry<T> entry) {
    return cache.get(key(entry), ONE_CONTENT);
  }

  private String key(RootEntry<T> entry) {
    return layout.recordKey(entry.record());
  }

  private Reading<T> fetch(RootEntry<T> entry) {
    Fetched fetched = bucket.fetch(key(entry));
    if (fetched instanceof Fetched.Found) {
      byte[] body = ((Fetched.Found) fetched).body();
      Reading<T> reading = parse(entry, new String(body, StandardCharsets.UTF_8));
      reading.content().ifPresent(content -> remember(entry, content, body.length));
      return reading;
    }
    return fetched instanceof Fetched.Unusable
        ? Reading.failed(entry, key(entry), "is archived or too large")
        : Reading.failed(entry, key(entry), "is missing");
  }

  private Reading<T> parse(RootEntry<T> entry, String text) {
    if (!entry.record().isOf(text)) {
      return Reading.failed(entry, key(entry), "is not what was written");
    }
    try {
      T content = entry.read(MetadataJson.MAPPER.readTree(text));
      return Reading.of(entry, key(entry), content);
    } catch (JsonProcessingException | IllegalArgumentException | InvalidReleaseException e) {
      return Reading.failed(entry, key(entry), "makes no sense to this version");
    }
  }

  private void remember(RootEntry<T> entry, T content, int bytes) {
    cache.put(key(entry), ONE_CONTENT, content, bytes);
  }

  /**
   * Writes new objects, except those that it has written before.
   *
   * @throws DatabaseException if one is too large, or could not be read again
   */
  void write(Collection<NewRecord<T>> records) {
    List<NewRecord<T>> unwritten =
        records.stream().filter(record -> cached(record.entry()).isEmpty()).toList();
    ParallelRequests.map(unwritten, this::write);
  }

  private Reading<T> write(NewRecord<T> record) {
    RootEntry<T> entry = record.entry();
    byte[] body = record.content().getBytes(StandardCharsets.UTF_8);
    Reading<T> reading = parse(entry, new String(body, StandardCharsets.UTF_8));
    if (body.length > MetadataBucket.MAX_OBJECT_BYTES || reading.content().isEmpty()) {
      throw new DatabaseException(
          "The "
              + entry.label()
              + " cannot be kept: it is larger than "
              + MetadataBucket.MAX_OBJECT_BYTES
              + " bytes, or could not be read again. Correct its metadata.");
    }
    boolean isWritten = bucket.put(key(entry), body, Optional.empty()).isPresent();
    // There is one already if an earlier request of this commit did arrive; or another is still
    // being worked on, of which nobody knows what comes of it.
    if (!isWritten && fetch(entry).content().isEmpty()) {
      throw new DatabaseUnavailableException(
          "The store refused to create the object '" + key(entry) + "'. Try again later.");
    }
    remember(entry, reading.orThrow(), body.length);
    return reading;
  }
}
