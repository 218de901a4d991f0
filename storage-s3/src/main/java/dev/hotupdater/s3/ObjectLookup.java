package dev.hotupdater.s3;

import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Asks for objects without reading them. */
final class ObjectLookup {
  private final S3Connection connection;
  private final S3Errors errors;
  private final String bucket;

  /** Set once it is known, so that asking for missing objects stays one call each. */
  private volatile boolean bucketIsThere;

  ObjectLookup(S3Connection connection, S3Errors errors, String bucket) {
    this.connection = connection;
    this.errors = errors;
    this.bucket = bucket;
  }

  /** Whether there is such an object. */
  boolean exists(StorageUri uri) {
    return head(uri).isPresent();
  }

  /** The size of an object in bytes; empty if there is no such object. */
  Optional<Long> size(StorageUri uri) {
    return head(uri)
        .map(
            answer ->
                Optional.ofNullable(answer.contentLength())
                    .orElseThrow(
                        () -> errors.oddAnswer("'" + uri.key() + "' was found without a size.")));
  }

  private Optional<HeadObjectResponse> head(StorageUri uri) {
    try {
      return Optional.of(
          connection.client().headObject(request -> request.bucket(bucket).key(uri.key())));
    } catch (SdkException e) {
      if (S3Failure.of(e).kind() != S3Failure.Kind.MISSING) {
        throw errors.of(S3Action.READ, "'" + uri.key() + "'", e);
      }
      requireBucket();
      return Optional.empty();
    }
  }

  /** The answer for a missing object has no body that would tell it from a missing bucket. */
  private void requireBucket() {
    if (bucketIsThere) {
      return;
    }
    try {
      askForBucket();
    } catch (SdkException e) {
      // Of a bucket that is missing, even those hear who may not ask for it.
      if (S3Failure.of(e).kind() != S3Failure.Kind.DENIED) {
        throw unusableBucket(e);
      }
    }
    bucketIsThere = true;
  }

  /** Fails unless the bucket is there and can be used. */
  void checkBucket() {
    try {
      askForBucket();
    } catch (SdkException e) {
      throw unusableBucket(e);
    }
    bucketIsThere = true;
  }

  private void askForBucket() {
    connection.client().headBucket(request -> request.bucket(bucket));
  }

  private StorageException unusableBucket(SdkException cause) {
    return S3Failure.of(cause).kind() == S3Failure.Kind.MISSING
        ? errors.missingBucket(cause)
        : errors.of(S3Action.CHECK, "bucket '" + bucket + "'", cause);
  }
}
