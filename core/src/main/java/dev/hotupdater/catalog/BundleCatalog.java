package dev.hotupdater.catalog;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index in memory that decisions are made from, one for each context key, refreshed in the
 * background. Safe for use by many threads.
 */
public final class BundleCatalog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BundleCatalog.class);
  private static final String THREAD_PREFIX = "hotupdater";

  private final List<CatalogListener> listeners = new CopyOnWriteArrayList<>();
  private final StateCatalog<CatalogIndex, CatalogChange> indexes;

  private BundleCatalog(Database database, Freshness freshness) {
    indexes =
        StateCatalog.start(
            database,
            context -> new BundleSource(database, context),
            freshness,
            THREAD_PREFIX,
            this::changed);
  }

  /** A catalogue over this database. Starts the refresh in the background. */
  public static BundleCatalog start(Database database, Freshness freshness) {
    return new BundleCatalog(database, freshness);
  }

  /** Has a listener told of every change from now on, of all context keys. */
  public void onChange(CatalogListener listener) {
    listeners.add(listener);
  }

  /** The index to decide with for this context. */
  CatalogIndex index(RequestContext context) {
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

  /** Loads the index without a tenant, so that the first device need not wait for it. */
  public void warmUp() {
    indexes.warmUp();
  }

  private void changed(CatalogChange change) {
    tell(listener -> listener.changed(change));
  }

  /** Tells the listeners that this server has published bundles. */
  void published(List<Bundle> bundles, RequestContext context) {
    List<Bundle> copy = List.copyOf(bundles);
    if (!copy.isEmpty()) {
      tell(listener -> listener.published(copy, context));
    }
  }

  private void tell(Consumer<CatalogListener> event) {
    for (CatalogListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        log.error("A listener failed; decisions are not affected", e);
      }
    }
  }

  /** Stops the refresh in the background. */
  @Override
  public void close() {
    indexes.close();
    listeners.forEach(CatalogListener::closed);
  }
}
