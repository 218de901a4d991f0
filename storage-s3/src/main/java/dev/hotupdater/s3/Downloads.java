package dev.hotupdater.s3;

import dev.hotupdater.storage.DownloadAddress;

/** Where clients download the objects of a bucket. Makes no call. */
interface Downloads {
  /** The address of the object that the bucket has under this key. */
  DownloadAddress address(String storedKey);
}
