package dev.hotupdater.testkit;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.Revision;
import java.util.List;

/**
 * The state of a database at one moment, for a server that reads everything for every decision and
 * is asked for many thousands of them.
 */
final class FrozenDatabase implements Database, BundleStore {
  private final BundleSnapshot snapshot;

  private FrozenDatabase(BundleSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Reads the database once. */
  static FrozenDatabase of(Database database) {
    return new FrozenDatabase(database.bundles(RequestContext.none()).snapshot());
  }

  @Override
  public void check() {
    // What has been read can be used.
  }

  @Override
  public BundleStore bundles(RequestContext context) {
    return this;
  }

  @Override
  public BundleSnapshot snapshot() {
    return snapshot;
  }

  @Override
  public Revision revision() {
    return snapshot.revision();
  }

  @Override
  public void commit(List<BundleWrite> writes) {
    throw new UnsupportedOperationException("a frozen database is only read");
  }
}
