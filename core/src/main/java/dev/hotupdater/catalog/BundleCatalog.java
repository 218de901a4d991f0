package dev.hotupdater.catalog;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.HintSubscription;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
  private static final String DEFAULT_KEY = "";
  private static final Duration MAX_IDLE = Duration.ofMinutes(5);
  private static final int MAX_KEYS = 1_000;

  private final Database database;
  private final Freshness freshness;
  private final Map<String, CatalogEntry> entries = new ConcurrentHashMap<>();
  private final RefreshLoop polling;
  private final RefreshLoop scanning;
  private final HintSubscription hints;
  private final List<CatalogListener> listeners = new CopyOnWriteArrayList<>();

  private BundleCatalog(Database database, Freshness freshness) {
    this.database = database;
    this.freshness = freshness;
    polling = RefreshLoop.of("hotupdater-poll", this::entriesInUse, this::poll);
    scanning = RefreshLoop.of("hotupdater-scan", entries::values, CatalogEntry::scan);
    hints = freshness.readsEveryTime() ? () -> {} : startRefresh();
  }

  private HintSubscription startRefresh() {
    polling.repeat(freshness.pollInterval());
    // The scan decides by itself whether it is time.
    scanning.repeat(freshness.pollInterval());
    return database.onChange(this::onHint);
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
    Optional<String> key = context.cacheKey();
    if (freshness.readsEveryTime() || key.isEmpty()) {
      return CatalogIndex.of(database.bundles(context).snapshot());
    }
    return entry(key.get(), context).current();
  }

  /** Makes what this server has just written, or read, visible to the next decision. */
  void catchUp(RequestContext context) {
    if (freshness.readsEveryTime() || context.cacheKey().isEmpty()) {
      return;
    }
    try {
      entry(context.cacheKey().get(), context).refresh();
    } catch (RuntimeException e) {
      log.warn("What is in the database could not be read back yet; reading is retried", e);
    }
  }

  /**
   * How long ago the index without a tenant was known to equal the database; absent if it has not
   * been loaded yet, or decisions are not made from memory.
   */
  public Optional<Duration> age() {
    return Optional.ofNullable(entries.get(DEFAULT_KEY)).flatMap(CatalogEntry::age);
  }

  /** Loads the index without a tenant, so that the first device need not wait for it. */
  public void warmUp() {
    if (!freshness.readsEveryTime()) {
      entry(DEFAULT_KEY, RequestContext.none()).current();
    }
  }

  private CatalogEntry entry(String key, RequestContext context) {
    CatalogEntry known = entries.get(key);
    if (known != null) {
      return known;
    }
    if (entries.size() >= MAX_KEYS) {
      dropLeastRecentlyUsed();
    }
    return entries.computeIfAbsent(
        key, k -> new CatalogEntry(database, context, freshness, this::changed));
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

  private void dropLeastRecentlyUsed() {
    entries.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(DEFAULT_KEY))
        .max(Map.Entry.comparingByValue(Comparator.comparing(CatalogEntry::idle)))
        .ifPresent(entry -> entries.remove(entry.getKey(), entry.getValue()));
  }

  private Collection<CatalogEntry> entriesInUse() {
    entries.values().forEach(CatalogEntry::noteUse);
    entries
        .entrySet()
        .removeIf(
            entry ->
                !entry.getKey().equals(DEFAULT_KEY)
                    && entry.getValue().idle().compareTo(MAX_IDLE) > 0);
    return entries.values();
  }

  private void poll(CatalogEntry entry) {
    entry.poll();
    if (entry.suspectsForeignWrites()) {
      scanning.runSoon();
    }
  }

  private void onHint() {
    entries.values().forEach(CatalogEntry::hint);
    polling.runSoon();
  }

  /** Stops the refresh in the background. */
  @Override
  public void close() {
    hints.close();
    polling.close();
    scanning.close();
    listeners.forEach(CatalogListener::closed);
  }
}
