package dev.hotupdater.catalog;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.HintSubscription;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final ScheduledExecutorService refresher;
  private final HintSubscription refresh;
  private final AtomicBoolean hintPending = new AtomicBoolean();
  private final List<CatalogListener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean reachable = true;

  private BundleCatalog(Database database, Freshness freshness) {
    this.database = database;
    this.freshness = freshness;
    refresher =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "hotupdater-refresh");
              thread.setDaemon(true);
              return thread;
            });
    refresh = freshness.readsEveryTime() ? () -> {} : startRefresh();
  }

  private HintSubscription startRefresh() {
    long interval = freshness.pollInterval().toMillis();
    Future<?> polling =
        refresher.scheduleWithFixedDelay(this::pollAll, interval, interval, TimeUnit.MILLISECONDS);
    HintSubscription subscription = database.onChange(this::onHint);
    return () -> {
      subscription.close();
      polling.cancel(true);
    };
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
    for (CatalogListener listener : listeners) {
      try {
        listener.changed(change);
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

  private void pollAll() {
    entries.values().forEach(CatalogEntry::noteUse);
    entries
        .entrySet()
        .removeIf(
            entry ->
                !entry.getKey().equals(DEFAULT_KEY)
                    && entry.getValue().idle().compareTo(MAX_IDLE) > 0);
    entries.values().forEach(entry -> refresh(entry, CatalogEntry::poll));
  }

  private void pollAllAfterHint() {
    hintPending.set(false);
    entries.values().forEach(entry -> refresh(entry, CatalogEntry::pollAfterHint));
  }

  private void refresh(CatalogEntry entry, Consumer<CatalogEntry> refreshment) {
    try {
      refreshment.accept(entry);
      if (!reachable) {
        reachable = true;
        log.info("The database can be read again");
      }
    } catch (RuntimeException | Error e) {
      // Whatever it is, the next poll must come. Logged once, not every second.
      if (reachable && !refresher.isShutdown()) {
        reachable = false;
        log.warn("The database cannot be read; decisions go on from the last good state", e);
      }
    }
  }

  private void onHint() {
    if (hintPending.compareAndSet(false, true)) {
      try {
        refresher.execute(this::pollAllAfterHint);
      } catch (RejectedExecutionException e) {
        log.debug("A change hint came after the catalogue was closed");
      }
    }
  }

  /** Stops the refresh in the background. */
  @Override
  public void close() {
    refresh.close();
    refresher.shutdownNow();
    listeners.forEach(CatalogListener::closed);
  }
}
