package dev.hotupdater.catalog;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.Revision;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A database in memory that can be taken away, counts what it is asked, and gives no hints. */
final class FlakyDatabase implements Database {
  final AtomicInteger snapshots = new AtomicInteger();
  volatile boolean away;
  private final InMemoryDatabase memory = InMemoryDatabase.create();

  @Override
  public void check() {
    checkThere();
  }

  @Override
  public BundleStore bundles(RequestContext context) {
    BundleStore store = memory.bundles(context);
    return new BundleStore() {
      @Override
      public BundleSnapshot snapshot() {
        checkThere();
        snapshots.incrementAndGet();
        return store.snapshot();
      }

      @Override
      public Revision revision() {
        checkThere();
        return store.revision();
      }

      @Override
      public void commit(List<BundleWrite> writes) {
        checkThere();
        store.commit(writes);
      }

      @Override
      public Optional<Bundle> find(BundleId id) {
        checkThere();
        return store.find(id);
      }
    };
  }

  private void checkThere() {
    if (away) {
      throw new DatabaseUnavailableException("taken away by the test");
    }
  }
}
