package dev.hotupdater.s3.database;

import dev.hotupdater.database.DatabaseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectStorageClass;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists the objects of the database, a thousand keys a page. In a bucket that holds other things as
 * well, such as the archives themselves, the pages in which there can be none are left out.
 */
final class MetadataListing {
  /** Why an object in an archive is not read. */
  static final String ARCHIVED = "it is in an archive storage class";

  private static final int MAX_PAGES = 10_000;

  private final MetadataBucket bucket;
  private final MetadataLayout layout;

  MetadataListing(MetadataBucket bucket, MetadataLayout layout) {
    this.bucket = bucket;
    this.layout = layout;
  }

  /**
   * An object as a listing shows it.
   *
   * @param key its key
   * @param etag its entity tag, which changes with its content
   * @param modified when it was written
   * @param archived whether it must be restored before it can be read
   */
  record Listed(String key, String etag, Instant modified, boolean archived) {
    private static Listed of(S3Object object) {
      ObjectStorageClass storageClass = object.storageClass();
      return new Listed(
          object.key(),
          object.eTag(),
          object.lastModified(),
          ObjectStorageClass.GLACIER.equals(storageClass)
              || ObjectStorageClass.DEEP_ARCHIVE.equals(storageClass));
    }
  }

  /** All objects with bundles, and all lists of targets, in the order of their keys. */
  List<Listed> list() {
    List<Listed> found = new ArrayList<>();
    Optional<String> after = Optional.empty();
    for (int pages = 0; pages < MAX_PAGES; pages++) {
      ListObjectsV2Response page = bucket.page(layout.prefix(), after);
      List<S3Object> objects = page.contents();
      for (S3Object object : objects) {
        if (layout.isUpdatesKey(object.key()) || layout.isTargetsKey(object.key())) {
          found.add(Listed.of(object));
        }
      }
      if (objects.isEmpty() || !Boolean.TRUE.equals(page.isTruncated())) {
        return found;
      }
      after = Optional.of(next(objects.get(objects.size() - 1).key()));
    }
    throw new DatabaseException(
        "There are more than "
            + MAX_PAGES
            + " pages of objects below '"
            + layout.prefix()
            + "'. Keep the metadata under a base path of its own.");
  }

  /** Where to go on after this key: behind it, or where the next object of ours can be. */
  private String next(String key) {
    int start = layout.prefix().length();
    int slash = key.indexOf('/', start);
    if (slash < 0) {
      return key;
    }
    String channel = key.substring(0, slash + 1);
    String rest = key.substring(slash + 1);
    for (String folder : List.of("android/", "ios/")) {
      if (rest.startsWith(folder)) {
        return key;
      }
      if (rest.compareTo(folder) < 0) {
        return channel + folder;
      }
    }
    // The character after the slash: behind everything that starts with this folder.
    return key.substring(0, slash) + (char) ('/' + 1);
  }
}
