package dev.hotupdater.database;

/** A database could not be reached, or did not answer in time. Trying again later may help. */
public final class DatabaseUnavailableException extends DatabaseException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception without a cause. */
  public DatabaseUnavailableException(String message) {
    super(message);
  }

  /** Creates the exception. */
  public DatabaseUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
