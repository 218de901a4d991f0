package dev.hotupdater.storage;

/**
 * A storage can keep no object under a key, for example because it is no valid file name there.
 * Choosing another key helps, trying again does not.
 */
public final class UnusableKeyException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that says what is wrong with the key. */
  public UnusableKeyException(String message) {
    super(message);
  }
}
