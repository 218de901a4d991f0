package dev.hotupdater.publishing;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ClientUploads;
import dev.hotupdater.storage.ContentTypes;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.Storage;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.Storages;
import dev.hotupdater.storage.StoredObject;
import dev.hotupdater.storage.UploadAddress;
import dev.hotupdater.storage.WritableStorage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bytes of artifacts, before and after they were checked. Safe for use by many threads. */
final class ArtifactFiles {
  private static final Logger log = LoggerFactory.getLogger(ReleasePublishing.class);

  private final StorageAccess access;
  private final ClientUploads target;

  /**
   * A copy of an upload, with what was found out about the bytes while they were copied.
   *
   * @param uri where it is
   * @param content gives the hash, and verifies the signatures
   */
  record Copy(StorageUri uri, CheckedContent content) {}

  ArtifactFiles(StorageAccess access, ClientUploads target) {
    this.access = access;
    this.target = target;
  }

  UploadAddress uploadAddress(ObjectKey key, long size, RequestContext context) {
    return access.withinDeadline(() -> target.plainUploadAddress(key, size, context));
  }

  StorageUri uri(ObjectKey key) {
    return target.uri(key);
  }

  /** The size of what was uploaded; empty if nothing was. */
  OptionalLong uploadedSize(Artifact artifact, RequestContext context) {
    StorageUri uri = Storages.parse(artifact.storageUri());
    Storage storage = access.storages().forUri(uri);
    return access.withinDeadline(() -> size(storage, uri, context));
  }

  private static OptionalLong size(Storage storage, StorageUri uri, RequestContext context) {
    try (StoredObject object = storage.open(uri, new ByteRange(0, 1), context)) {
      return OptionalLong.of(object.size());
    } catch (ObjectNotFoundException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw new StorageUnavailableException(uri + " could not be looked at.", e);
    }
  }

  /**
   * Copies what was uploaded, in one pass and without keeping it in memory. Takes as long as that
   * takes.
   *
   * @throws ObjectNotFoundException if nothing was uploaded
   * @throws UploadRejectedException if it has not the announced size; nothing was copied
   */
  Copy copy(
      Artifact artifact, ObjectKey key, List<GivenSignature> signatures, RequestContext context) {
    StorageUri upload = Storages.parse(artifact.storageUri());
    Storage storage = access.storages().forUri(upload);
    try (StoredObject object = storage.open(upload, ByteRange.ALL, context)) {
      if (object.size() != artifact.size()) {
        throw new UploadRejectedException(
            "The upload has "
                + object.size()
                + " bytes, but "
                + artifact.size()
                + " were announced as 'file_size'. Announce the size that the file has.");
      }
      CheckedContent content = CheckedContent.of(object.content(), signatures);
      String type = ContentTypes.forFileName(key.toString());
      return new Copy(target.write(key, content, artifact.size(), type, context), content);
    } catch (IOException e) {
      throw new StorageUnavailableException(upload + " could not be read to its end.", e);
    }
  }

  /** How long the storages may take for one request. */
  Duration timeout() {
    return access.timeout();
  }

  private void delete(StorageUri uri, RequestContext context) {
    Optional<WritableStorage> storage = access.storages().findWritable(uri);
    access.withinDeadline(
        () -> {
          storage.ifPresent(each -> each.delete(uri, context));
          return true;
        });
  }

  /** Deletes what no record names any more, and what does no harm if it stays. */
  void deleteIfPossible(Collection<StorageUri> uris, RequestContext context) {
    for (StorageUri uri : uris) {
      try {
        delete(uri, context);
      } catch (StorageException e) {
        log.warn("{} could not be deleted. It is of no use; delete it in the storage", uri, e);
      }
    }
  }

  /**
   * Deletes objects, wherever they are. Those in a storage that the server does not have any more
   * count as deleted.
   *
   * @throws StorageException if some could not be deleted; the rest is gone, as far as it was tried
   */
  void deleteAll(Collection<StorageUri> uris, RequestContext context) {
    access.storages().deleteAll(uris, context);
  }

  /** The objects in a folder of the storage that artifacts go to. */
  List<StorageUri> list(String folder, RequestContext context) {
    try (Stream<ObjectSummary> objects = target.list(folder, context)) {
      return objects.map(ObjectSummary::uri).toList();
    }
  }

  /** Those of them that were written before this moment. */
  List<StorageUri> listOlderThan(Instant limit, String folder, RequestContext context) {
    try (Stream<ObjectSummary> objects = target.list(folder, context)) {
      return objects
          .filter(object -> object.lastModified().isBefore(limit))
          .map(ObjectSummary::uri)
          .toList();
    }
  }
}
