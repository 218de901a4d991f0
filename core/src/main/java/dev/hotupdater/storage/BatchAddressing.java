package dev.hotupdater.storage;

import dev.hotupdater.context.RequestContext;
import java.util.Collection;
import java.util.Map;

/**
 * A storage that must be asked over the network for a download address, and gives many at once for
 * one call. One that makes them itself is a plain {@link Storage}.
 */
public interface BatchAddressing extends Storage {
  /**
   * Where a client downloads each of these objects, as {@link #downloadAddress} says it of one.
   *
   * @param uris objects of this storage, without duplicates
   * @param context what the embedder attached to the request
   * @return the addresses; one that cannot be given is left out, and then asked for alone, to learn
   *     why
   * @throws StorageException if the storage fails
   */
  Map<StorageUri, DownloadAddress> downloadAddresses(
      Collection<StorageUri> uris, RequestContext context);
}
