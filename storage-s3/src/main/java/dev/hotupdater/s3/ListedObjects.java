package dev.hotupdater.s3;

import dev.hotupdater.storage.Bucket;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectSummary;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The pages of a listing, each fetched when it is read. Used by one thread. */
final class ListedObjects implements Iterator<List<ObjectSummary>> {
  private final S3Connection connection;
  private final S3Errors errors;
  private final Bucket bucket;
  private final String prefix;
  private @Nullable String token;
  private boolean more = true;

  private ListedObjects(S3Connection connection, S3Errors errors, Bucket bucket, String prefix) {
    this.connection = connection;
    this.errors = errors;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /**
   * The objects whose key in the bucket starts with this text. Left out is what has no {@link
   * ObjectKey}, such as the markers that other software makes for empty folders.
   */
  static Stream<ObjectSummary> stream(
      S3Connection connection, S3Errors errors, Bucket bucket, String prefix) {
    if (!canStartAKey(prefix)) {
      return Stream.empty();
    }
    Iterator<List<ObjectSummary>> pages = new ListedObjects(connection, errors, bucket, prefix);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED), false)
        .flatMap(List::stream);
  }

  private static boolean canStartAKey(String prefix) {
    return ObjectKey.parse(prefix).isPresent() || ObjectKey.parse(prefix + "x").isPresent();
  }

  @Override
  public boolean hasNext() {
    return more;
  }

  @Override
  public List<ObjectSummary> next() {
    ListObjectsV2Response page = errors.call(S3Action.LIST, "'" + prefix + "'", this::fetch);
    more = Boolean.TRUE.equals(page.isTruncated());
    String next = page.nextContinuationToken();
    if (more && (next == null || Objects.equals(next, token))) {
      throw errors.oddAnswer("A listing goes on without an end.");
    }
    token = next;
    return page.contents().stream().flatMap(object -> summary(object).stream()).toList();
  }

  private ListObjectsV2Response fetch() {
    return connection
        .client()
        .listObjectsV2(
            ListObjectsV2Request.builder()
                .bucket(bucket.name())
                .prefix(prefix)
                .continuationToken(token)
                .build());
  }

  private Optional<ObjectSummary> summary(S3Object object) {
    String storedKey = object.key();
    Long size = object.size();
    Instant lastModified = object.lastModified();
    if (storedKey == null || size == null || lastModified == null) {
      throw errors.oddAnswer("A listing lacks the name, size or time of an object.");
    }
    return ObjectKey.parse(storedKey)
        .map(key -> new ObjectSummary(bucket.uriOfStoredKey(storedKey), size, lastModified));
  }
}
