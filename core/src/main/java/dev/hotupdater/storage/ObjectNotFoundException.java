package dev.hotupdater.storage;

/** There is no object at a URI. */
public final class ObjectNotFoundException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for the URI that leads nowhere. */
  public ObjectNotFoundException(StorageUri uri) {
    super("There is no object at " + uri + ".");
  }
}
