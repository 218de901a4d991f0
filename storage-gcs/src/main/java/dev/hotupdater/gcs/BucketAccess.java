package dev.hotupdater.gcs;

import dev.hotupdater.storage.StorageException;
import java.util.ArrayList;
import java.util.List;

/** What the credentials may do with the bucket. Asking takes no permission by itself. */
final class BucketAccess {
  private static final List<String> NEEDED = List.of("storage.objects.get", "storage.objects.list");

  private final String bucket;
  private final Connection connection;
  private final Failures failures;

  BucketAccess(String bucket, Connection connection, Failures failures) {
    this.bucket = bucket;
    this.connection = connection;
    this.failures = failures;
  }

  /**
   * Tells a missing object from a missing bucket, for which the client library gives the same
   * answer.
   *
   * @throws StorageException if the bucket is missing
   */
  void requireBucket(Operation operation, String key) {
    try {
      granted();
    } catch (RuntimeException e) {
      throw failures.of(operation, key, e);
    }
  }

  /**
   * Checks that the bucket is there and can be read.
   *
   * @throws StorageException if not
   */
  void check() {
    List<String> missing = new ArrayList<>();
    try {
      List<Boolean> granted = granted();
      for (int i = 0; i < NEEDED.size(); i++) {
        if (!granted.get(i)) {
          missing.add(NEEDED.get(i));
        }
      }
    } catch (RuntimeException e) {
      throw failures.of(Operation.CHECK, "", e);
    }
    if (!missing.isEmpty()) {
      throw new StorageException(
          "The credentials lack the permissions "
              + missing
              + " on gs://"
              + bucket
              + ". Grant their account the role roles/storage.objectUser on the bucket, or"
              + " roles/storage.objectViewer if this server only reads.");
    }
  }

  private List<Boolean> granted() {
    return connection.client().testIamPermissions(bucket, NEEDED);
  }
}
