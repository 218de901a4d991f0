package dev.hotupdater.protocol.capacitor.ota;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.storage.StorageUri;

/**
 * Where clients download what was uploaded: from this server, and always under the same address, so
 * that a download that was interrupted can go on later. Immutable.
 */
final class OtaAddresses {
  private final StorageAccess storage;
  private final String path;

  /**
   * Creates it.
   *
   * @param path where the routes are mounted, below the base path
   */
  OtaAddresses(StorageAccess storage, String path) {
    this.storage = storage;
    this.path = path;
  }

  /** The absolute address of a file for whoever makes this request. */
  String url(Upload upload, RequestContext context) {
    return storage.serverUrl(context)
        + path
        + "/api/ota/bundle/"
        + StorageUri.encodePath(upload.key().toString());
  }
}
