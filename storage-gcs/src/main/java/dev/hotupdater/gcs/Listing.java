package dev.hotupdater.gcs;

import com.google.api.gax.paging.Page;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import dev.hotupdater.storage.Bucket;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The objects of a prefix, fetched page by page as they are read. */
final class Listing implements Iterator<ObjectSummary> {
  private static final int PAGE_OBJECTS = 1000;

  private final Bucket bucket;
  private final String prefix;
  private final Failures failures;
  private Page<Blob> page;
  private Iterator<Blob> objects;

  private Listing(Connection connection, Bucket bucket, String prefix, Failures failures) {
    this.bucket = bucket;
    this.prefix = prefix;
    this.failures = failures;
    page = fetch(() -> firstPage(connection));
    objects = page.getValues().iterator();
  }

  /**
   * The objects whose key starts with this text.
   *
   * @param prefix as it is in the bucket
   * @throws StorageException if the first page cannot be fetched; the stream throws it for others
   */
  static Stream<ObjectSummary> of(
      Connection connection, Bucket bucket, String prefix, Failures failures) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Listing(connection, bucket, prefix, failures),
            Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  private Page<Blob> firstPage(Connection connection) {
    return connection
        .client()
        .list(
            bucket.name(),
            BlobListOption.prefix(prefix),
            BlobListOption.pageSize(PAGE_OBJECTS),
            BlobListOption.fields(BlobField.NAME, BlobField.SIZE, BlobField.TIME_CREATED));
  }

  private Page<Blob> fetch(Supplier<Page<Blob>> source) {
    try {
      return source.get();
    } catch (RuntimeException e) {
      throw failures.of(Operation.LIST, prefix, e);
    }
  }

  @Override
  public boolean hasNext() {
    // A page may be empty and not the last.
    while (!objects.hasNext() && page.hasNextPage()) {
      page = fetch(page::getNextPage);
      objects = page.getValues().iterator();
    }
    return objects.hasNext();
  }

  @Override
  public ObjectSummary next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Blob object = objects.next();
    return new ObjectSummary(
        bucket.uriOfStoredKey(object.getName()),
        object.getSize(),
        object.getCreateTimeOffsetDateTime().toInstant());
  }
}
