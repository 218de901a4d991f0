package dev.hotupdater.catalog;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.ReleaseDatabase;
import java.time.Duration;
import java.util.Optional;

/**
 * The index of apps and releases in memory, one for each context key, refreshed in the background.
 * Safe for use by many threads.
 */
public final class ReleaseCatalog implements AutoCloseable {
  private static final String THREAD_PREFIX = "hotupdater-releases";

  private final StateCatalog<ReleaseIndex, ReleaseChange> indexes;

  private ReleaseCatalog(ReleaseDatabase database, Freshness freshness) {
    indexes =
        StateCatalog.start(
            database,
            context -> new ReleaseSource(database, context),
            freshness,
            THREAD_PREFIX,
            change -> {});
  }

  /** A catalogue over this database. Starts the refresh in the background. */
  public static ReleaseCatalog start(ReleaseDatabase database, Freshness freshness) {
    return new ReleaseCatalog(database, freshness);
  }

  /** The state to decide with for this context. */
  ReleaseView view(RequestContext context) {
    return indexes.current(context);
  }

  /** Makes what this server has just written, or read, visible to the next decision. */
  void catchUp(RequestContext context) {
    indexes.catchUp(context);
  }

  /**
   * How long ago the index without a tenant was known to equal the database; absent if it has not
   * been loaded yet, or decisions are not made from memory.
   */
  public Optional<Duration> age() {
    return indexes.age();
  }

  /** Loads the index without a tenant, so that the first client need not wait for it. */
  public void warmUp() {
    indexes.warmUp();
  }

  /** Stops the refresh in the background. */
  @Override
  public void close() {
    indexes.close();
  }
}
