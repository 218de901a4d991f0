package dev.hotupdater.publishing.web;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.IncompleteDeletionException;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.Storages;
import dev.hotupdater.storage.StoredObject;
import dev.hotupdater.storage.WritableStorage;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is stored of web bundles. Safe for use by many threads. */
final class BundleStorage {
  private static final Logger log = LoggerFactory.getLogger(WebPublishing.class);

  private final StorageAccess access;
  private final WritableStorage target;

  BundleStorage(StorageAccess access, WritableStorage target) {
    this.access = access;
    this.target = target;
  }

  /** Stores an object, and returns its URI. */
  String write(
      ObjectKey key, InputStream content, long size, String contentType, RequestContext context) {
    return target.write(key, content, size, contentType, context).toString();
  }

  /** The text of an object; empty if there is no such object. */
  Optional<String> readText(String uri, RequestContext context) {
    return access.readText(uri, context);
  }

  /** An object from its first byte on. */
  StoredObject open(String uri, RequestContext context) {
    StorageUri parsed = Storages.parse(uri);
    return access.storages().forUri(parsed).open(parsed, ByteRange.ALL, context);
  }

  /** Deletes what an attempt has stored that nothing refers to. What stays is of no harm. */
  void discard(AttemptFolder folder, RequestContext context) {
    try (Stream<ObjectSummary> objects = target.list(folder.path(), context)) {
      List<StorageUri> uris = objects.map(ObjectSummary::uri).toList();
      target.deleteAll(uris, context);
    } catch (StorageException e) {
      log.warn(
          "What a failed upload has left below {} could not be deleted. It is of no use; delete it"
              + " in the storage",
          folder.path(),
          e);
    }
  }

  /**
   * Deletes objects, wherever they are. Those in a storage that the server does not have any more
   * count as deleted.
   *
   * @throws IncompleteDeletionException if some could not be deleted; the others are gone
   */
  void deleteAll(Collection<String> uris, RequestContext context) {
    access.storages().deleteAll(uris.stream().map(Storages::parse).toList(), context);
  }
}
