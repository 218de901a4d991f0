package dev.hotupdater.storage;

import dev.hotupdater.context.RequestContext;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A storage that can be written to. */
public interface WritableStorage extends Storage {
  /**
   * The {@code Cache-Control} of every object, where the storage keeps one: what is under a key
   * does not change. Source: Hot Updater protocol, "Storage URIs and keys".
   */
  String CACHE_CONTROL = "max-age=31536000";

  /**
   * Writes an object, replacing one of the same key. A reader sees the old bytes or the new, never
   * a part; a write that fails leaves what was there.
   *
   * @param content the bytes; read to its end, not closed
   * @param size how many bytes {@code content} has; if it has another number, nothing is written
   * @param contentType the media type to store with the object where the storage keeps one
   * @return the URI of the object
   */
  StorageUri write(
      ObjectKey key, InputStream content, long size, String contentType, RequestContext context);

  /** Whether the object exists. False only if it is missing, not if that cannot be told. */
  boolean exists(StorageUri uri, RequestContext context);

  /** Deletes the object. An object that does not exist is deleted already. */
  void delete(StorageUri uri, RequestContext context);

  /**
   * Deletes objects, and goes on when one cannot be deleted, but not when the storage cannot be
   * reached any more. Override it where the storage deletes many with one call; the default deletes
   * one after the other.
   *
   * @throws IncompleteDeletionException naming every object that could not be deleted
   */
  default void deleteAll(Collection<StorageUri> uris, RequestContext context) {
    Map<StorageUri, String> failures = new LinkedHashMap<>();
    Optional<String> outage = Optional.empty();
    for (StorageUri uri : uris) {
      try {
        if (outage.isEmpty()) {
          delete(uri, context);
        }
      } catch (StorageUnavailableException e) {
        // A storage that is away must not be waited for once per object.
        outage = Optional.of(String.valueOf(e.getMessage()));
      } catch (StorageException e) {
        failures.put(uri, String.valueOf(e.getMessage()));
      }
      outage.ifPresent(message -> failures.put(uri, message));
    }
    if (!failures.isEmpty()) {
      throw new IncompleteDeletionException(failures);
    }
  }

  /**
   * The objects whose key starts with this text, in no particular order, fetched as they are read.
   *
   * @param prefix the start of the key, as {@link #write} takes it; empty for all objects that it
   *     can write
   * @return a stream that the caller closes
   */
  Stream<ObjectSummary> list(String prefix, RequestContext context);
}
