package dev.hotupdater.s3.database;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The requests of the metadata database, each ending in time, with failures of our own. */
final class MetadataBucket {
  /** No object that is larger is read: it would be held in memory whole. */
  static final int MAX_OBJECT_BYTES = 32 * 1024 * 1024;

  private static final String JSON = "application/json";
  private static final int PRECONDITION_FAILED = 412;

  /** As the Node plugin writes it; the objects are read by way of the API, which caches nothing. */
  private static final String CACHE_CONTROL = "max-age=31536000";

  private final S3Client client;
  private final String bucket;
  private final AwsRequestOverrideConfiguration limits;

  MetadataBucket(S3Client client, String bucket, Duration requestTimeout) {
    this.client = client;
    this.bucket = bucket;
    limits = AwsRequestOverrideConfiguration.builder().apiCallTimeout(requestTimeout).build();
  }

  /** What there is to read under a key. */
  sealed interface Fetched {
    /**
     * An object.
     *
     * @param etag its entity tag, with its quotes
     * @param body its content
     */
    record Found(String etag, byte[] body) implements Fetched {}

    /** The object is the one that the caller knows. */
    record Unchanged() implements Fetched {}

    /** There is no object. */
    record Missing() implements Fetched {}

    /**
     * There is an object that cannot be read.
     *
     * @param reason why, for the log
     */
    record Unusable(String reason) implements Fetched {}
  }

  Fetched fetch(String key) {
    return fetch(key, Optional.empty());
  }

  /** Reads an object, or only its heading if it is the one with the known entity tag. */
  Fetched fetch(String key, Optional<String> known) {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .ifNoneMatch(known.orElse(null))
            .overrideConfiguration(limits)
            .build();
    return call(MetadataOperation.READ, () -> fetch(request));
  }

  /** The content is read within the call, so that it has to be there within the same time. */
  private Fetched fetch(GetObjectRequest request) {
    try {
      return client.getObject(request, MetadataBucket::read);
    } catch (S3Exception e) {
      if (e.statusCode() == 304) {
        return new Fetched.Unchanged();
      }
      if (DatabaseFailure.isMissingObject(e)) {
        return new Fetched.Missing();
      }
      if (DatabaseFailure.isArchived(e)) {
        return new Fetched.Unusable(MetadataListing.ARCHIVED);
      }
      throw e;
    }
  }

  private static Fetched read(GetObjectResponse response, AbortableInputStream body) {
    try {
      byte[] bytes = body.readNBytes(MAX_OBJECT_BYTES + 1);
      if (bytes.length > MAX_OBJECT_BYTES) {
        body.abort();
        return new Fetched.Unusable("it is larger than " + MAX_OBJECT_BYTES + " bytes");
      }
      checkComplete(bytes, response);
      return new Fetched.Found(response.eTag(), bytes);
    } catch (IOException e) {
      throw RetryableException.create("The content broke off", e);
    }
  }

  /** The client takes a connection that was closed too early for the end of the content. */
  private static void checkComplete(byte[] body, GetObjectResponse response) throws IOException {
    Long announced = response.contentLength();
    if (announced != null && announced != body.length) {
      throw new EOFException("Got " + body.length + " of " + announced + " bytes");
    }
  }

  /** When an object was written, by the store's clock; empty if it is not the one expected. */
  Optional<Instant> modified(String key, String expected) {
    HeadObjectRequest request =
        HeadObjectRequest.builder().bucket(bucket).key(key).overrideConfiguration(limits).build();
    return call(
        MetadataOperation.READ,
        () ->
            unlessRefused(() -> client.headObject(request))
                .filter(head -> expected.equals(head.eTag()))
                .map(HeadObjectResponse::lastModified));
  }

  /** The first keys with a prefix, in the order of their bytes, after a given text. */
  ListObjectsV2Response page(String prefix, Optional<String> startAfter) {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder()
            .bucket(bucket)
            .prefix(prefix)
            .startAfter(startAfter.orElse(null))
            .overrideConfiguration(limits)
            .build();
    return call(MetadataOperation.LIST, () -> client.listObjectsV2(request));
  }

  /**
   * Writes an object if nobody else has done so.
   *
   * @param expected the entity tag of the object that is replaced; empty if there must be none
   * @return the entity tag that it has now; empty if the condition does not hold
   */
  Optional<String> put(String key, byte[] body, Optional<String> expected) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .contentType(JSON)
            .cacheControl(CACHE_CONTROL)
            .checksumSHA256(TextDigest.base64(body))
            .overrideConfiguration(limits);
    expected.ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
    return call(
        MetadataOperation.WRITE,
        () ->
            unlessRefused(() -> putTwice(request.build(), RequestBody.fromBytes(body)))
                .map(PutObjectResponse::eTag));
  }

  /**
   * Writes an object that nobody else writes, so that it makes no difference how often this
   * arrives.
   */
  void create(String key, byte[] body, String contentType) {
    PutObjectRequest request = creation(key, body, contentType).build();
    call(MetadataOperation.WRITE, () -> putTwice(request, RequestBody.fromBytes(body)));
  }

  /** Writes an object whose key tells its content, unless it is there. */
  void createUnlessThere(String key, byte[] body, String contentType) {
    PutObjectRequest request = creation(key, body, contentType).ifNoneMatch("*").build();
    call(MetadataOperation.WRITE, () -> createUnlessThere(request, RequestBody.fromBytes(body)));
  }

  /** Another one that is only being written, which may fail, is not there yet. */
  private boolean createUnlessThere(PutObjectRequest request, RequestBody body) {
    try {
      putTwice(request, body);
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED) {
        return false;
      }
      throw e;
    }
  }

  private PutObjectRequest.Builder creation(String key, byte[] body, String contentType) {
    return PutObjectRequest.builder()
        .bucket(bucket)
        .key(key)
        .contentType(contentType)
        .checksumSHA256(TextDigest.base64(body))
        .overrideConfiguration(limits);
  }

  /**
   * A store may close the connection of a write that it has refused before it read the body, and a
   * pool can be full of such connections: the client's own retries then all fail. Whether the first
   * request has arrived makes no difference, as the second is refused then.
   */
  private PutObjectResponse putTwice(PutObjectRequest request, RequestBody body) {
    try {
      return client.putObject(request, body);
    } catch (SdkClientException e) {
      boolean isBroken =
          e.getCause() instanceof IOException && !(e.getCause() instanceof InterruptedIOException);
      if (!isBroken) {
        throw e;
      }
      return client.putObject(request, body);
    }
  }

  /**
   * Deletes an object if nobody else has changed it. Not every store checks this condition, see
   * {@link ConditionalRequests}.
   *
   * @return whether the condition held
   */
  boolean delete(String key, String expected) {
    DeleteObjectRequest request = deletion(key).ifMatch(expected).build();
    return call(
        MetadataOperation.DELETE,
        () -> unlessRefused(() -> client.deleteObject(request)).isPresent());
  }

  /** Deletes an object of which there is no other writer. */
  void delete(String key) {
    call(MetadataOperation.DELETE, () -> client.deleteObject(deletion(key).build()));
  }

  private DeleteObjectRequest.Builder deletion(String key) {
    return DeleteObjectRequest.builder().bucket(bucket).key(key).overrideConfiguration(limits);
  }

  private static <T> Optional<T> unlessRefused(Supplier<T> request) {
    try {
      return Optional.of(request.get());
    } catch (S3Exception e) {
      if (DatabaseFailure.isFailedCondition(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T> T call(MetadataOperation operation, Supplier<T> request) {
    try {
      return request.get();
    } catch (RetryableException e) {
      throw DatabaseFailure.interrupted(operation, bucket, e);
    } catch (SdkException e) {
      throw DatabaseFailure.of(operation, bucket, e);
    }
  }
}
