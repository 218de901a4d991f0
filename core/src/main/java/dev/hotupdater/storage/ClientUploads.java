package dev.hotupdater.storage;

import dev.hotupdater.context.RequestContext;

/**
 * A storage that clients can upload to directly, with an address that is handed to them. A storage
 * whose files must pass through the server is a plain {@link WritableStorage}.
 */
public interface ClientUploads extends WritableStorage {
  /**
   * Where a client uploads one object of this key and size. An object of the same key is replaced
   * once the upload is complete.
   *
   * @param size the exact size in bytes, not negative; an upload of another size is refused
   * @param contentType the media type to store with the object where the storage keeps one
   * @param context what the embedder attached to the request
   * @throws UnusableKeyException if the storage can keep no object under this key
   */
  UploadAddress uploadAddress(ObjectKey key, long size, String contentType, RequestContext context);
}
