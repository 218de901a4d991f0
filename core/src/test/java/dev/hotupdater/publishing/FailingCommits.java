package dev.hotupdater.publishing;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import java.util.List;

/** A database whose commits fail when a test says so. */
final class FailingCommits implements ReleaseDatabase {
  private final InMemoryDatabase database = InMemoryDatabase.create();
  volatile boolean failsBefore;
  volatile boolean failsAfter;

  @Override
  public ReleaseStore releases(RequestContext context) {
    ReleaseStore store = database.releases(context);
    return new ReleaseStore() {
      @Override
      public ReleaseSnapshot snapshot() {
        return store.snapshot();
      }

      @Override
      public Revision revision() {
        return store.revision();
      }

      @Override
      public void commit(List<ReleaseWrite> writes) {
        if (failsBefore) {
          throw new DatabaseException("The database is away.");
        }
        store.commit(writes);
        if (failsAfter) {
          throw new DatabaseException("The answer of the database was lost.");
        }
      }
    };
  }

  @Override
  public void check() {
    database.check();
  }

  @Override
  public BundleStore bundles(RequestContext context) {
    return database.bundles(context);
  }
}
