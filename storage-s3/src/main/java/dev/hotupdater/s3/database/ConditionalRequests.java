package dev.hotupdater.s3.database;

import dev.hotupdater.database.DatabaseException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Tries out which conditions a store checks, as some accept the headers and ignore them. Asked
 * once, before the first commit.
 */
final class ConditionalRequests {
  private static final String NO_TAG = "\"00000000000000000000000000000000\"";
  private static final byte[] PROBE = "{}".getBytes(StandardCharsets.UTF_8);

  private final MetadataBucket bucket;
  private final MetadataLayout layout;

  private volatile Optional<Boolean> conditionalDeletes = Optional.empty();

  ConditionalRequests(MetadataBucket bucket, MetadataLayout layout) {
    this.bucket = bucket;
    this.layout = layout;
  }

  /**
   * Whether an object can be deleted on condition that nobody has changed it.
   *
   * @throws DatabaseException if the store does not even check the conditions of writes
   */
  boolean canDelete() {
    if (conditionalDeletes.isEmpty()) {
      conditionalDeletes = Optional.of(probe(layout.scratchKey(UUID.randomUUID().toString())));
    }
    return conditionalDeletes.orElseThrow();
  }

  private boolean probe(String key) {
    bucket.put(key, PROBE, Optional.empty());
    boolean checksWrites =
        bucket.put(key, PROBE, Optional.empty()).isEmpty()
            && bucket.put(key, PROBE, Optional.of(NO_TAG)).isEmpty();
    boolean checksDeletes = refusesDeletion(key);
    if (checksDeletes) {
      bucket.delete(key);
    }
    if (!checksWrites) {
      throw new DatabaseException(
          "The object store ignores If-Match and If-None-Match, so commits could be lost. Use a store"
              + " with conditional writes.");
    }
    return checksDeletes;
  }

  private boolean refusesDeletion(String key) {
    return !bucket.delete(key, NO_TAG);
  }
}
