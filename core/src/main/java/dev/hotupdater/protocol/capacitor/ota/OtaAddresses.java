package dev.hotupdater.protocol.capacitor.ota;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.storage.StorageUri;

/**
 * Where clients download what was uploaded: from this server, and always under the same address, so
 * that a download that was interrupted can go on later. Such an address can be guessed, so that a
 * bundle on a channel that may not be named has a signed one of the storage instead, for a short
 * time. Immutable.
 */
final class OtaAddresses {
  private final StorageAccess storage;
  private final Uploads uploads;
  private final String path;

  /**
   * Creates it.
   *
   * @param path where the routes are mounted, below the base path
   */
  OtaAddresses(StorageAccess storage, Uploads uploads, String path) {
    this.storage = storage;
    this.uploads = uploads;
    this.path = path;
  }

  /** The absolute address of a file for whoever makes this request. */
  String url(Upload upload, RequestContext context) {
    return uploads.isForEverybody(uploads.view(context), upload)
        ? lasting(upload, context)
        : storage.withinDeadline(
            () -> storage.downloadUrl(upload.artifact().storageUri(), context));
  }

  /** The absolute address of a file that is for everybody. */
  String lasting(Upload upload, RequestContext context) {
    return storage.serverUrl(context)
        + path
        + "/api/ota/bundle/"
        + StorageUri.encodePath(upload.key().toString());
  }
}
