package dev.hotupdater.storage;

import dev.hotupdater.context.RequestContext;
import java.util.Optional;
import java.util.Set;

/**
 * A place where files are kept, seen by one who only reads: all that update checks need. A storage
 * that can be written to is a {@link WritableStorage}.
 *
 * <p>Creating a storage opens no connection. Implementations are safe for use by many threads. A
 * method that is given the URI of an object in a bucket that is not its own, or of another scheme,
 * throws {@link StorageException} and touches nothing. An object that does not exist is an {@link
 * ObjectNotFoundException}; another failure is a {@link StorageException}, and one that may pass a
 * {@link StorageUnavailableException}.
 */
public interface Storage {
  /** The URI scheme of the objects in this storage, in lower case, such as {@code s3}. */
  String scheme();

  /**
   * The buckets that are this storage's own. Several storages may share a scheme if each says which
   * buckets it serves.
   *
   * @return empty, the default, if the storage serves every bucket of its scheme
   */
  default Optional<Set<String>> buckets() {
    return Optional.empty();
  }

  /**
   * Where a client downloads the object. Does not check that the object exists.
   *
   * @param context what the embedder attached to the request
   */
  DownloadAddress downloadAddress(StorageUri uri, RequestContext context);

  /**
   * Opens an object.
   *
   * @param range the bytes that are wanted; it may reach beyond the end, and then what there is of
   *     it is given, which may be nothing
   * @throws ObjectNotFoundException if there is no such object
   */
  StoredObject open(StorageUri uri, ByteRange range, RequestContext context);

  /**
   * Checks that the storage can be used. Cheap enough to be asked every few seconds; the default
   * finds nothing wrong.
   *
   * @throws StorageException if it cannot be used
   */
  default void check() {}
}
