package dev.hotupdater.database;

/**
 * The tables of a database are missing, or belong to another version. The message names what was
 * found, what is needed and the command that migrates.
 */
public final class SchemaException extends DatabaseException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public SchemaException(String message) {
    super(message);
  }
}
