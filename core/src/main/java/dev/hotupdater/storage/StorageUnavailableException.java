package dev.hotupdater.storage;

/** A storage could not be reached, or did not answer in time. Trying again later may help. */
public final class StorageUnavailableException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception without a cause. */
  public StorageUnavailableException(String message) {
    super(message);
  }

  /** Creates the exception. */
  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
