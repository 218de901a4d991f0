package dev.hotupdater.gcs;

import com.google.cloud.storage.Storage;

/** The way to Google Cloud Storage. Safe for use by many threads. */
interface Connection extends AutoCloseable {
  /**
   * The client library's client, made at the first call.
   *
   * @throws dev.hotupdater.storage.StorageException if there are no credentials, or the connection
   *     is closed
   */
  Storage client();

  /** Closes the client if it is ours. */
  @Override
  void close();

  /** A client of the embedder, who closes it. */
  static Connection borrowed(Storage client) {
    return new Connection() {
      @Override
      public Storage client() {
        return client;
      }

      @Override
      public void close() {
        // It is not ours to close.
      }
    };
  }
}
