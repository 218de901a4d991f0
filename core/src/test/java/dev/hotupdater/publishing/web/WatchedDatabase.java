package dev.hotupdater.publishing.web;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import java.util.List;

/** A database in memory, around whose commits a test acts. */
final class WatchedDatabase implements ReleaseDatabase {
  private final InMemoryDatabase database = InMemoryDatabase.create();
  volatile Runnable beforeCommit = () -> {};
  volatile Runnable afterCommit = () -> {};

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
        beforeCommit.run();
        store.commit(writes);
        afterCommit.run();
      }
    };
  }

  /** Does something once, before the next commit. */
  void onceBeforeCommit(Runnable action) {
    beforeCommit =
        () -> {
          beforeCommit = () -> {};
          action.run();
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
