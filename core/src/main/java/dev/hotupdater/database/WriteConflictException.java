package dev.hotupdater.database;

import dev.hotupdater.bundle.BundleId;

/** A bundle is not what the writer expected: somebody else was faster. Nothing has been written. */
public final class WriteConflictException extends DatabaseException {
  private static final long serialVersionUID = 1L;

  private final transient BundleId id;

  /** Creates the exception for the bundle that was not as expected. */
  public WriteConflictException(BundleId id) {
    super("Bundle " + id + " was changed by another writer. Read it again and repeat the change.");
    this.id = id;
  }

  /** The bundle that was not as expected. */
  public BundleId id() {
    return id;
  }
}
