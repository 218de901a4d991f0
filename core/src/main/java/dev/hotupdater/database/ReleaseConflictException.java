package dev.hotupdater.database;

/**
 * An app or a release is not what the writer expected: somebody else was faster. Nothing has been
 * written.
 */
public final class ReleaseConflictException extends DatabaseException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param record the record that was not as expected, such as {@code Release 0190…}
   */
  public ReleaseConflictException(String record) {
    super(record + " was changed by another writer. Read it again and repeat the change.");
  }
}
