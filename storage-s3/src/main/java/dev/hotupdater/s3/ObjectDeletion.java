package dev.hotupdater.s3;

import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Deletes the objects of a bucket. */
final class ObjectDeletion {
  /** How many objects S3 takes in one call. */
  private static final int MAX_OBJECTS = 1000;

  private final S3Connection connection;
  private final S3Errors errors;
  private final String bucket;

  ObjectDeletion(S3Connection connection, S3Errors errors, String bucket) {
    this.connection = connection;
    this.errors = errors;
    this.bucket = bucket;
  }

  void delete(String key) {
    try {
      connection.client().deleteObject(request -> request.bucket(bucket).key(key));
    } catch (SdkException e) {
      if (S3Failure.of(e).kind() != S3Failure.Kind.MISSING) {
        throw errors.of(S3Action.DELETE, "'" + key + "'", e);
      }
    }
  }

  /**
   * Deletes many. Stops when the service is not available, so that this ends in time.
   *
   * @param uris objects of the bucket
   * @param failed told of every object that could not be deleted, and why
   */
  void deleteAll(Collection<StorageUri> uris, BiConsumer<StorageUri, String> failed) {
    List<StorageUri> all = new ArrayList<>(uris);
    for (int start = 0; start < all.size(); start += MAX_OBJECTS) {
      List<StorageUri> some = all.subList(start, Math.min(all.size(), start + MAX_OBJECTS));
      try {
        errors
            .call(S3Action.DELETE, some.size() + " objects", () -> deleteSome(some))
            .forEach(failed);
      } catch (StorageUnavailableException e) {
        all.subList(start, all.size()).forEach(uri -> failed.accept(uri, reason(e)));
        return;
      } catch (StorageException e) {
        some.forEach(uri -> failed.accept(uri, reason(e)));
      }
    }
  }

  private static String reason(StorageException failure) {
    return String.valueOf(failure.getMessage());
  }

  private Map<StorageUri, String> deleteSome(List<StorageUri> uris) {
    List<ObjectIdentifier> objects =
        uris.stream().map(uri -> ObjectIdentifier.builder().key(uri.key()).build()).toList();
    DeleteObjectsResponse answer =
        connection
            .client()
            .deleteObjects(
                request ->
                    request.bucket(bucket).delete(list -> list.objects(objects).quiet(true)));
    return failures(uris, answer.errors());
  }

  private Map<StorageUri, String> failures(List<StorageUri> uris, List<S3Error> refusals) {
    Map<String, StorageUri> byKey = new HashMap<>();
    uris.forEach(uri -> byKey.put(uri.key(), uri));
    Map<StorageUri, String> failures = new HashMap<>();
    for (S3Error error : refusals) {
      StorageUri uri = byKey.get(error.key());
      if (uri == null) {
        throw errors.oddAnswer("A deletion was answered with objects that it was not about.");
      }
      String code = S3Failure.knownCode(error.code());
      if (!code.equals("NoSuchKey")) {
        failures.put(uri, refusal(code));
      }
    }
    return failures;
  }

  private String refusal(String code) {
    return switch (code) {
      case "AccessDenied" -> "refused (AccessDenied); needs " + S3Action.DELETE.permission();
      case "NoSuchBucket" -> "there is no bucket '" + bucket + "'";
      default -> "failed (" + code + ")";
    };
  }
}
