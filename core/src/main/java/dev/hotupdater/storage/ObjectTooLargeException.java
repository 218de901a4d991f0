package dev.hotupdater.storage;

/** An object has more bytes than its reader takes into memory. */
public final class ObjectTooLargeException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for the object and the limit in bytes. */
  public ObjectTooLargeException(StorageUri uri, int limit) {
    super(uri + " is larger than " + limit + " bytes.");
  }
}
