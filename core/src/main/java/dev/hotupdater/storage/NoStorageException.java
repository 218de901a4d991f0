package dev.hotupdater.storage;

/** No storage of the server serves a URI. */
public final class NoStorageException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that names the scheme or bucket. */
  public NoStorageException(String message) {
    super(message);
  }
}
