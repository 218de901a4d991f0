package dev.hotupdater.s3.database;

import dev.hotupdater.database.DatabaseException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries out which conditions a store checks, as some accept the headers and ignore them. Asked
 * once, before the first commit.
 */
final class ConditionalRequests {
  private static final String NO_TAG = "\"00000000000000000000000000000000\"";
  private static final byte[] PROBE = "{}".getBytes(StandardCharsets.UTF_8);

  private static final String IGNORES_WRITES =
      "The object store ignores If-Match and If-None-Match or does not know them, so commits could"
          + " be lost. Use a store with conditional writes.";

  private static final Logger log = LoggerFactory.getLogger(ConditionalRequests.class);

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
    try {
      checkWrites(key);
      return refusesDeletion(key);
    } finally {
      cleanUp(key);
    }
  }

  private void checkWrites(String key) {
    try {
      bucket.put(key, PROBE, Optional.empty());
      if (bucket.put(key, PROBE, Optional.empty()).isPresent()
          || bucket.put(key, PROBE, Optional.of(NO_TAG)).isPresent()) {
        throw new DatabaseException(IGNORES_WRITES);
      }
    } catch (DatabaseException e) {
      throw DatabaseFailure.isUnsupported(e) ? new DatabaseException(IGNORES_WRITES, e) : e;
    }
  }

  private boolean refusesDeletion(String key) {
    try {
      return !bucket.delete(key, NO_TAG);
    } catch (DatabaseException e) {
      if (DatabaseFailure.isUnsupported(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Best effort: what went wrong before says more than that this does, too. */
  private void cleanUp(String key) {
    try {
      bucket.delete(key);
    } catch (DatabaseException e) {
      log.debug("Could not delete the probe object {}. Delete it.", key, e);
    }
  }
}
