package dev.hotupdater.gcs;

import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageUri;
import java.net.URI;

/** Addresses of objects that everybody may read, in the bucket or a cache in front of it. */
final class PublicAddresses implements Addresses {
  private final String base;

  /** For objects whose keys follow this address. */
  PublicAddresses(URI base) {
    String text = base.toString();
    this.base = text.endsWith("/") ? text : text + '/';
  }

  @Override
  public DownloadAddress download(ObjectKey key) {
    return DownloadAddress.permanent(base + StorageUri.encodePath(key.toString()));
  }
}
