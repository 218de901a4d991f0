package dev.hotupdater.s3.database;

import dev.hotupdater.s3.database.MetadataBucket.Fetched;
import dev.hotupdater.s3.database.MetadataListing.Listed;
import dev.hotupdater.s3.database.StoredObjects.Updates;
import java.time.Instant;
import java.util.Optional;

/** Reads and writes objects with bundles; reads those alone that have changed since. */
final class MetadataObjects {
  private static final long MOST_CACHED_BYTES = 32L * 1024 * 1024;
  private static final int PART_OF_HEAP = 16;

  private final MetadataBucket bucket;
  private final MetadataLayout layout;
  private final MetadataListing listing;
  private final UnreadableObjects unreadable = new UnreadableObjects();
  private final ContentCache<Optional<UpdateFile>> cache =
      new ContentCache<>(
          Math.min(MOST_CACHED_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));

  MetadataObjects(MetadataBucket bucket, MetadataLayout layout) {
    this.bucket = bucket;
    this.layout = layout;
    this.listing = new MetadataListing(bucket, layout);
  }

  /** A text that differs when the objects with bundles do. */
  String fingerprint() {
    StringBuilder tags = new StringBuilder();
    for (Listed listed : listing.list()) {
      if (layout.isUpdatesKey(listed.key())) {
        tags.append(listed.etag()).append(' ').append(listed.key()).append('\n');
      }
    }
    return TextDigest.of(tags.toString());
  }

  /** All objects, as each of them is when it is read. */
  StoredObjects load() {
    StoredObjects objects = new StoredObjects(layout);
    for (Listed listed : listing.list()) {
      if (layout.isTargetsKey(listed.key())) {
        objects.putTargetList(listed);
      } else {
        load(listed).ifPresent(objects::put);
      }
    }
    return objects;
  }

  private Optional<Updates> load(Listed listed) {
    if (listed.archived()) {
      unreadable.in(listed.key(), listed.etag()).objectSkipped(MetadataListing.ARCHIVED);
      return Optional.of(new Updates(listed, Optional.empty()));
    }
    Optional<Optional<UpdateFile>> known = cache.get(listed.key(), listed.etag());
    return known.isPresent()
        ? Optional.of(new Updates(listed, known.get()))
        : fetch(listed.key(), listed.etag(), listed.modified());
  }

  /** Reads one object again, after somebody has changed it. */
  void reload(String key, StoredObjects objects) {
    objects.remove(key);
    fetch(key, "", Instant.now()).ifPresent(objects::put);
  }

  private Optional<Updates> fetch(String key, String listedTag, Instant modified) {
    Fetched fetched = bucket.fetch(key);
    if (fetched instanceof Fetched.Found) {
      Fetched.Found found = (Fetched.Found) fetched;
      Optional<UpdateFile> file = UpdateFile.read(found.body(), unreadable.in(key, found.etag()));
      cache.put(key, found.etag(), file, found.body().length);
      return Optional.of(new Updates(new Listed(key, found.etag(), modified, false), file));
    }
    if (fetched instanceof Fetched.Unusable) {
      unreadable.in(key, listedTag).objectSkipped(((Fetched.Unusable) fetched).reason());
      return Optional.of(
          new Updates(new Listed(key, listedTag, modified, false), Optional.empty()));
    }
    return Optional.empty();
  }

  /**
   * Writes an object, if it still is as these objects have it.
   *
   * @return whether it was
   */
  boolean put(String key, UpdateFile file, byte[] body, StoredObjects objects) {
    Optional<String> expected = objects.updates(key).map(known -> known.listed().etag());
    Optional<String> etag = bucket.put(key, body, expected);
    etag.ifPresent(
        tag -> {
          cache.put(key, tag, Optional.of(file), body.length);
          objects.put(new Updates(new Listed(key, tag, Instant.now(), false), Optional.of(file)));
        });
    return etag.isPresent();
  }

  /**
   * Deletes an object, if it still is as these objects have it.
   *
   * @return whether it was
   */
  boolean delete(String key, String etag, StoredObjects objects) {
    boolean deleted = bucket.delete(key, etag);
    if (deleted) {
      objects.remove(key);
    }
    return deleted;
  }
}
