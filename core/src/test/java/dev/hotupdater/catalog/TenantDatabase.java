package dev.hotupdater.catalog;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.Revision;
import java.util.List;
import java.util.Optional;

/**
 * The databases of many tenants, each of which the context brings along. Between reading and
 * answering it lets other threads go first, as a database on a network does. It gives no hints.
 */
final class TenantDatabase implements Database {
  /** The attribute of a context with the tenant's {@link InMemoryDatabase}. */
  static final String ATTRIBUTE = "database";

  @Override
  public void check() {
    // Memory can always be reached.
  }

  @Override
  public BundleStore bundles(RequestContext context) {
    BundleStore store =
        context.attribute(ATTRIBUTE, InMemoryDatabase.class).orElseThrow().bundles(context);
    return new BundleStore() {
      @Override
      public BundleSnapshot snapshot() {
        BundleSnapshot read = store.snapshot();
        Thread.yield();
        return read;
      }

      @Override
      public Revision revision() {
        Revision read = store.revision();
        Thread.yield();
        return read;
      }

      @Override
      public void commit(List<BundleWrite> writes) {
        store.commit(writes);
        Thread.yield();
      }

      @Override
      public Optional<Bundle> find(BundleId id) {
        return store.find(id);
      }
    };
  }
}
