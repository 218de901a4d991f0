package dev.hotupdater.jdbc;

import dev.hotupdater.database.DatabaseException;

/** The database does not have what a statement uses, or not for this user. */
final class UnsupportedStatementException extends DatabaseException {
  private static final long serialVersionUID = 1L;

  UnsupportedStatementException(String message, Throwable cause) {
    super(message, cause);
  }
}
