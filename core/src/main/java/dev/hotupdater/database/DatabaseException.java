package dev.hotupdater.database;

/** A database failed, or cannot be used as it is. The message says what to do about it. */
public class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception without a cause. */
  public DatabaseException(String message) {
    super(message);
  }

  /** Creates the exception. */
  public DatabaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
