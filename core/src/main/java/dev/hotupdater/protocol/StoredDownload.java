package dev.hotupdater.protocol;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.EntityTag;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.Validators;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.Storages;
import dev.hotupdater.storage.StoredObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives clients the bytes of artifacts, from the storage through this server, whole or in parts, so
 * that a download which was interrupted can go on. The bytes of an artifact never change: their
 * entity tag is their SHA-256. Safe for use by many threads.
 */
public final class StoredDownload {
  private static final Logger log = LoggerFactory.getLogger(StoredDownload.class);
  private static final String FOR_EVER = "max-age=31536000, immutable";

  private final StorageAccess storage;
  private final String cacheControl;

  private StoredDownload(StorageAccess storage, String cacheControl) {
    this.storage = storage;
    this.cacheControl = cacheControl;
  }

  /** For routes that everybody may use: caches on the way may hand the bytes to others. */
  public static StoredDownload forEverybody(StorageAccess storage) {
    return new StoredDownload(storage, "public, " + FOR_EVER);
  }

  /** For routes that need access: the caller alone may keep the bytes. */
  public static StoredDownload forCallersWithAccess(StorageAccess storage) {
    return new StoredDownload(storage, "private, " + FOR_EVER);
  }

  /**
   * The answer to a request for an artifact that is ready; 404 if the storage has not got it.
   *
   * @param fileName the name that a client should save it under, without folders
   * @throws dev.hotupdater.storage.StorageException if the storage does not give its bytes
   */
  public HttpResponse answer(
      HttpRequest request, Artifact artifact, String fileName, RequestContext context) {
    RangedContent content =
        new RangedContent(
            artifact.size(),
            Validators.of(EntityTag.strong(artifact.sha256().orElseThrow())),
            fileName,
            cacheControl);
    try {
      return content.answer(request, range -> open(artifact, range, context));
    } catch (ObjectNotFoundException e) {
      log.warn("{} is published, but its bytes are not in the storage", artifact.storageUri());
      return HttpResponse.uncached(404, "{\"error\":\"There is no such file\"}").build();
    }
  }

  private InputStream open(Artifact artifact, ByteRange range, RequestContext context) {
    StorageUri uri = Storages.parse(artifact.storageUri());
    StoredObject object =
        storage.withinDeadline(() -> storage.storages().forUri(uri).open(uri, range, context));
    if (object.size() != artifact.size()) {
      close(object);
      throw new StorageUnavailableException(
          uri + " has " + object.size() + " bytes, but " + artifact.size() + " were published.");
    }
    return new ObjectStream(object);
  }

  private static void close(StoredObject object) {
    try {
      object.close();
    } catch (IOException e) {
      throw new StorageUnavailableException("A stored object could not be closed.", e);
    }
  }

  /** The content of an object, which is closed with it. */
  private static final class ObjectStream extends FilterInputStream {
    private final StoredObject object;

    ObjectStream(StoredObject object) {
      super(object.content());
      this.object = object;
    }

    @Override
    public void close() throws IOException {
      object.close();
    }
  }
}
