package dev.hotupdater.s3;

import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Turns what the SDK throws into exceptions that say what to do. Exceptions of the SDK are safe to
 * keep as causes: they name status, code and request, never credentials or signatures.
 */
final class S3Errors {
  private final String bucket;

  S3Errors(String bucket) {
    this.bucket = bucket;
  }

  /**
   * Makes a call.
   *
   * @param what what the call is about, for the message
   */
  <T> T call(S3Action action, String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw of(action, what, e);
    }
  }

  /** The exception for a call that failed. */
  StorageException of(S3Action action, String what, SdkException cause) {
    S3Failure failure = S3Failure.of(cause);
    String start = "Could not " + action.verb() + " " + what + " (" + failure.summary() + "). ";
    return switch (failure.kind()) {
      case UNAVAILABLE ->
          new StorageUnavailableException(
              start + "The storage of bucket '" + bucket + "' is not available now.", cause);
      case MISSING_BUCKET -> missingBucket(cause);
      case DENIED ->
          new StorageException(
              start
                  + "Check the credentials, and that they have "
                  + action.permission()
                  + " in bucket '"
                  + bucket
                  + "'. Without s3:ListBucket a missing object is reported like this, too.",
              cause);
      case WRONG_REGION ->
          new StorageException(
              start
                  + "Bucket '"
                  + bucket
                  + "' is in "
                  + failure.region().map(name -> "region '" + name + "'").orElse("another region")
                  + ". Set that region, or the endpoint that belongs to it.",
              cause);
      case MISSING, PRECONDITION, OTHER ->
          new StorageException(
              start + "Check the bucket, the region, the endpoint and the credentials.", cause);
    };
  }

  /** The exception for a bucket that is not there. */
  StorageException missingBucket(SdkException cause) {
    return new StorageException(
        "There is no bucket '"
            + bucket
            + "'. Create it, or correct the name, the region or the endpoint.",
        cause);
  }

  /** The exception for an answer that S3 would not give. */
  StorageException oddAnswer(String problem) {
    return new StorageException(
        problem
            + " The service behind bucket '"
            + bucket
            + "' does not speak S3 as AWS does. Check the endpoint.");
  }
}
