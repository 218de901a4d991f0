package dev.hotupdater.catalog;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.DatabaseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The index of one context key, and how it is kept up to date. Loads happen one after the other, so
 * an older state never replaces a newer one.
 */
final class CatalogEntry {
  private final Database database;
  private final RequestContext context;
  private final Freshness freshness;
  private final Object loading = new Object();
  private final AtomicLong requestedLoad = new AtomicLong();

  private long startedLoad;
  private volatile @Nullable CatalogIndex index;
  private volatile long loadedAt;
  private volatile long verifiedAt;
  private volatile long usedAt = System.nanoTime();
  private volatile @Nullable Failure lastFailure;

  private record Failure(DatabaseException cause, long at) {}

  CatalogEntry(Database database, RequestContext context, Freshness freshness) {
    this.database = database;
    this.context = context;
    this.freshness = freshness;
  }

  /**
   * The last good index.
   *
   * @throws DatabaseException if there has never been one and the database cannot be read
   */
  CatalogIndex current() {
    usedAt = System.nanoTime();
    CatalogIndex current = index;
    return current != null ? current : loadFirst();
  }

  /** Loads a state that includes everything committed before this call. */
  void reload() {
    long wanted = requestedLoad.incrementAndGet();
    synchronized (loading) {
      if (startedLoad < wanted) {
        startedLoad = requestedLoad.get();
        load();
      }
    }
  }

  /** Asks whether somebody has written, and loads if so, or if the last load is too old. */
  void poll() {
    synchronized (loading) {
      CatalogIndex current = index;
      if (current != null && isCurrent(current)) {
        verifiedAt = System.nanoTime();
      } else {
        load();
      }
    }
  }

  private boolean isCurrent(CatalogIndex current) {
    return age(loadedAt).compareTo(freshness.reloadInterval()) < 0
        && store().revision().equals(current.revision());
  }

  /** How long ago the index was known to be up to date; absent if there is none. */
  Optional<Duration> age() {
    return index == null ? Optional.empty() : Optional.of(age(verifiedAt));
  }

  Duration idle() {
    return age(usedAt);
  }

  private CatalogIndex loadFirst() {
    synchronized (loading) {
      CatalogIndex current = index;
      if (current != null) {
        return current;
      }
      Failure failure = lastFailure;
      // While the database is away, waiting requests must not each try it in turn.
      if (failure != null && age(failure.at()).compareTo(freshness.pollInterval()) < 0) {
        throw failure.cause();
      }
      return load();
    }
  }

  private CatalogIndex load() {
    try {
      long startedAt = System.nanoTime();
      CatalogIndex loaded = CatalogIndex.of(store().snapshot());
      index = loaded;
      loadedAt = startedAt;
      verifiedAt = startedAt;
      lastFailure = null;
      return loaded;
    } catch (DatabaseException e) {
      lastFailure = new Failure(e, System.nanoTime());
      throw e;
    }
  }

  private BundleStore store() {
    return database.bundles(context);
  }

  private static Duration age(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
