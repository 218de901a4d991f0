package dev.hotupdater.s3;

import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.StorageUri;
import java.net.URI;

/** Addresses below a base URL, under which everybody can read the bucket. */
final class PublicUrls implements Downloads {
  private final String base;

  PublicUrls(URI base) {
    this.base = WebAddress.withoutSlash(base);
  }

  @Override
  public DownloadAddress address(String storedKey) {
    return DownloadAddress.permanent(base + "/" + StorageUri.encodePath(storedKey));
  }
}
