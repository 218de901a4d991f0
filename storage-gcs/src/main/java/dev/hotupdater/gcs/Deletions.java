package dev.hotupdater.gcs;

import com.google.cloud.BaseServiceException;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.StorageBatch;
import com.google.cloud.storage.StorageBatchResult;
import dev.hotupdater.storage.Bucket;
import dev.hotupdater.storage.IncompleteDeletionException;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deletes objects, one or many with one request. */
final class Deletions {
  /** What the service takes in one request. */
  private static final int BATCH_OBJECTS = 100;

  private final Bucket bucket;
  private final Connection connection;
  private final Failures failures;
  private final BucketAccess access;

  Deletions(Bucket bucket, Connection connection, Failures failures, BucketAccess access) {
    this.bucket = bucket;
    this.connection = connection;
    this.failures = failures;
    this.access = access;
  }

  /**
   * Deletes an object, which may be missing already.
   *
   * @throws StorageException if it fails, or the bucket is missing
   */
  void delete(StorageUri uri) {
    String key = bucket.storedKey(uri);
    if (key.isEmpty()) {
      return;
    }
    boolean deleted;
    try {
      deleted = connection.client().delete(BlobId.of(bucket.name(), key));
    } catch (RuntimeException e) {
      throw failures.of(Operation.DELETE, key, e);
    }
    if (!deleted) {
      access.requireBucket(Operation.DELETE, key);
    }
  }

  /**
   * Deletes objects, and goes on when one cannot be deleted.
   *
   * @throws IncompleteDeletionException naming every object that could not be deleted
   */
  void deleteAll(Collection<StorageUri> uris) {
    Map<StorageUri, String> undeleted = new LinkedHashMap<>();
    List<StorageUri> own = new ArrayList<>();
    for (StorageUri uri : uris) {
      try {
        if (!bucket.storedKey(uri).isEmpty()) {
          own.add(uri);
        }
      } catch (StorageException e) {
        undeleted.put(uri, String.valueOf(e.getMessage()));
      }
    }
    Optional<String> outage = Optional.empty();
    for (int start = 0; start < own.size(); start += BATCH_OBJECTS) {
      List<StorageUri> batch = own.subList(start, Math.min(own.size(), start + BATCH_OBJECTS));
      if (outage.isEmpty()) {
        outage = deleteBatch(batch, undeleted);
      } else {
        for (StorageUri uri : batch) {
          undeleted.put(uri, outage.get());
        }
      }
    }
    if (!undeleted.isEmpty()) {
      throw new IncompleteDeletionException(undeleted);
    }
  }

  /** Returns why the service cannot be reached any more, if that is so. */
  private Optional<String> deleteBatch(List<StorageUri> uris, Map<StorageUri, String> undeleted) {
    Optional<String> unavailable = Optional.empty();
    for (StorageUri uri : leftBy(uris)) {
      try {
        if (unavailable.isEmpty()) {
          delete(uri);
        }
      } catch (StorageUnavailableException e) {
        // A service that is down must not be waited for once per object.
        unavailable = Optional.of(String.valueOf(e.getMessage()));
      } catch (StorageException e) {
        undeleted.put(uri, String.valueOf(e.getMessage()));
      }
      unavailable.ifPresent(message -> undeleted.put(uri, message));
    }
    return unavailable;
  }

  /**
   * Sends one request, and says which objects are perhaps still there: the library repeats neither
   * such a request nor its parts, and a missing bucket looks like a missing object.
   */
  private List<StorageUri> leftBy(List<StorageUri> uris) {
    Map<StorageUri, StorageBatchResult<Boolean>> outcomes = new LinkedHashMap<>();
    try {
      StorageBatch batch = connection.client().batch();
      for (StorageUri uri : uris) {
        outcomes.put(uri, batch.delete(BlobId.of(bucket.name(), uri.key())));
      }
      batch.submit();
    } catch (BaseServiceException e) {
      return uris;
    }
    return uris.stream().filter(uri -> !isDeleted(outcomes.get(uri))).toList();
  }

  private static boolean isDeleted(@Nullable StorageBatchResult<Boolean> outcome) {
    try {
      return outcome != null && outcome.get();
    } catch (BaseServiceException e) {
      return false;
    }
  }
}
