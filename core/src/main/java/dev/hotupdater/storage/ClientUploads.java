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

  /**
   * Where a client uploads one object of this key that sends the bytes and no header fields of its
   * own. Whoever hands out the address looks at the size of what has come: a storage that cannot
   * tell it from the address refuses no other.
   *
   * @param size the exact size in bytes, not negative
   * @param context what the embedder attached to the request
   * @return the default is the address of {@link #uploadAddress}, for storages that sign no header
   *     fields; others override it
   * @throws UnusableKeyException if the storage can keep no object under this key
   */
  default UploadAddress plainUploadAddress(ObjectKey key, long size, RequestContext context) {
    return uploadAddress(key, size, ContentTypes.DEFAULT, context);
  }

  /**
   * The URI that an object has which is uploaded, or written, under this key.
   *
   * @throws UnusableKeyException if the storage can keep no object under this key
   */
  StorageUri uri(ObjectKey key);
}
