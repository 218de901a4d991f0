package dev.hotupdater.gcs;

import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.ObjectKey;

/** Where clients download objects. */
@FunctionalInterface
interface Addresses {
  /**
   * The address of an object.
   *
   * @param key as it is in the bucket
   */
  DownloadAddress download(ObjectKey key);
}
