package dev.hotupdater.storage;

/** A storage refused or failed. The message says what to do about it. */
public class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception without a cause. */
  public StorageException(String message) {
    super(message);
  }

  /** Creates the exception. */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
