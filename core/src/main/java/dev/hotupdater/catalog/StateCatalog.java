package dev.hotupdater.catalog;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.HintSubscription;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states in memory of one part of a database, one for each context key, refreshed in the
 * background. How a single one is kept up to date is the matter of its {@link CatalogEntry}. Safe
 * for use by many threads.
 *
 * @param <S> the states
 * @param <C> how one state differs from another
 */
final class StateCatalog<S extends CatalogState, C extends StateChange> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StateCatalog.class);

  private final Function<RequestContext, StateSource<S, C>> sources;
  private final Freshness freshness;
  private final Consumer<C> listener;
  private final ContextEntries<CatalogEntry<S, C>> entries = ContextEntries.create(entry -> {});
  private final RefreshLoop<CatalogEntry<S, C>> polling;
  private final RefreshLoop<CatalogEntry<S, C>> scanning;
  private final HintSubscription hints;

  private StateCatalog(
      Database database,
      Function<RequestContext, StateSource<S, C>> sources,
      Freshness freshness,
      String threadPrefix,
      Consumer<C> listener) {
    this.sources = sources;
    this.freshness = freshness;
    this.listener = listener;
    polling = RefreshLoop.of(threadPrefix + "-poll", entries::inUse, this::poll);
    scanning = RefreshLoop.of(threadPrefix + "-scan", entries::all, CatalogEntry::scan);
    hints = freshness.readsEveryTime() ? () -> {} : startRefresh(database);
  }

  private HintSubscription startRefresh(Database database) {
    polling.repeat(freshness.pollInterval());
    // The scan decides by itself whether it is time.
    scanning.repeat(freshness.pollInterval());
    return database.onChange(this::onHint);
  }

  /**
   * A catalogue of what these sources read. Starts the refresh in the background.
   *
   * @param database gives the hints
   * @param sources what is read for a context
   * @param threadPrefix what the names of the two threads begin with
   * @param listener is told how the states change, of all context keys, in the order of the states
   *     of each; returns quickly and throws nothing
   */
  static <S extends CatalogState, C extends StateChange> StateCatalog<S, C> start(
      Database database,
      Function<RequestContext, StateSource<S, C>> sources,
      Freshness freshness,
      String threadPrefix,
      Consumer<C> listener) {
    return new StateCatalog<>(database, sources, freshness, threadPrefix, listener);
  }

  /**
   * The state to decide with for this context.
   *
   * @throws dev.hotupdater.database.DatabaseException if there has never been one, or none is kept
   *     for this context, and the database cannot be read
   */
  S current(RequestContext context) {
    Optional<String> key = context.cacheKey();
    if (freshness.readsEveryTime() || key.isEmpty()) {
      StateSource<S, C> source = sources.apply(context);
      return source.read(source.empty()).state();
    }
    return entry(key.get(), context).current();
  }

  /** Makes what this server has just written, or read, visible to the next decision. */
  void catchUp(RequestContext context) {
    if (freshness.readsEveryTime()) {
      return;
    }
    if (context.cacheKey().isEmpty()) {
      // Nothing is kept for this context, but what was written may be what others see.
      onHint();
      return;
    }
    try {
      entry(context.cacheKey().get(), context).refresh();
    } catch (RuntimeException e) {
      log.warn("What is in the database could not be read back yet; reading is retried", e);
    }
  }

  /**
   * How long ago the state without a tenant was known to equal the database; absent if it has not
   * been loaded yet, or decisions are not made from memory.
   */
  Optional<Duration> age() {
    return entries.ofNoTenant().flatMap(CatalogEntry::age);
  }

  /** Loads the state without a tenant, so that the first device need not wait for it. */
  void warmUp() {
    if (!freshness.readsEveryTime()) {
      entry(ContextEntries.DEFAULT_KEY, RequestContext.none()).current();
    }
  }

  private CatalogEntry<S, C> entry(String key, RequestContext context) {
    return entries.get(key, () -> new CatalogEntry<>(sources.apply(context), freshness, listener));
  }

  private void poll(CatalogEntry<S, C> entry) {
    entry.poll();
    if (entry.suspectsForeignWrites()) {
      scanning.runSoon();
    }
  }

  private void onHint() {
    entries.all().forEach(CatalogEntry::hint);
    polling.runSoon();
  }

  /** Stops the refresh in the background. */
  @Override
  public void close() {
    hints.close();
    polling.close();
    scanning.close();
  }
}
