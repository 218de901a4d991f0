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
 * The index of one context key, and how it is kept up to date. Refreshing happens in one thread
 * after the other, so an older state never replaces a newer one.
 */
final class CatalogEntry {
  /** However many hints there are, what other software may have written is looked for so often. */
  private static final Duration SHORTEST_VERIFICATION_INTERVAL = Duration.ofSeconds(1);

  private final Database database;
  private final RequestContext context;
  private final Freshness freshness;
  private final CatalogListener listener;
  private final Object refreshing = new Object();
  private final AtomicLong requestedRefresh = new AtomicLong();

  // Used by the thread that refreshes alone.
  private long finishedRefresh;
  private long checkedForForeignWritesAt;
  private boolean foreignWritesSuspected;
  private Optional<String> fingerprint = Optional.empty();

  private volatile @Nullable CatalogIndex index;
  private volatile long verifiedAt;
  private volatile boolean used;
  private volatile long usedAt = System.nanoTime();
  private volatile @Nullable Failure lastFailure;

  private record Failure(DatabaseException cause, long at) {}

  CatalogEntry(
      Database database, RequestContext context, Freshness freshness, CatalogListener listener) {
    this.database = database;
    this.context = context;
    this.freshness = freshness;
    this.listener = listener;
  }

  /**
   * The last good index.
   *
   * @throws DatabaseException if there has never been one and the database cannot be read
   */
  CatalogIndex current() {
    if (!used) {
      used = true;
    }
    CatalogIndex current = index;
    return current != null ? current : loadFirst();
  }

  /** Turns what decisions have marked into a time, so that they need not look at the clock. */
  void noteUse() {
    if (used) {
      used = false;
      usedAt = System.nanoTime();
    }
  }

  /** For how long the index has not been asked for, as far as it was noted. */
  Duration idle() {
    return age(usedAt);
  }

  /** Takes in everything that this library has committed before this call. */
  void refresh() {
    long wanted = requestedRefresh.incrementAndGet();
    synchronized (refreshing) {
      if (finishedRefresh < wanted) {
        long started = requestedRefresh.get();
        takeInCommits();
        finishedRefresh = started;
      }
    }
  }

  /**
   * Takes in what this library has committed, and from time to time what other software has
   * written.
   */
  void poll() {
    synchronized (refreshing) {
      takeInCommits();
      Duration interval =
          foreignWritesSuspected ? SHORTEST_VERIFICATION_INTERVAL : freshness.reloadInterval();
      if (age(checkedForForeignWritesAt).compareTo(interval) >= 0) {
        takeInForeignWrites();
      }
    }
  }

  /** Like {@link #poll}, when something seems to have been written. */
  void pollAfterHint() {
    synchronized (refreshing) {
      foreignWritesSuspected = true;
      poll();
    }
  }

  /** How long ago the index was known to be up to date; absent if there is none. */
  Optional<Duration> age() {
    return index == null ? Optional.empty() : Optional.of(age(verifiedAt));
  }

  private CatalogIndex loadFirst() {
    synchronized (refreshing) {
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

  private void takeInCommits() {
    CatalogIndex current = index;
    if (current == null) {
      load();
      return;
    }
    long startedAt = System.nanoTime();
    if (!store().revision().equals(current.revision())) {
      Optional<CatalogIndex.Step> step =
          store().changesSince(current.revision()).map(current::next);
      if (step.isEmpty()) {
        load();
        return;
      }
      publish(step.get());
    }
    verifiedAt = startedAt;
  }

  private void takeInForeignWrites() {
    long startedAt = System.nanoTime();
    // A fingerprint that has changed through commits of this library costs one load too many.
    if (fingerprint.isEmpty() || !store().fingerprint().equals(fingerprint)) {
      load();
    }
    // Only now: one that has failed is tried again with the next poll.
    checkedForForeignWritesAt = startedAt;
    foreignWritesSuspected = false;
  }

  private CatalogIndex load() {
    try {
      long startedAt = System.nanoTime();
      // First the fingerprint: what is written in between then makes it differ the next time.
      Optional<String> before = store().fingerprint();
      CatalogIndex known = index;
      CatalogIndex.Step step =
          (known == null ? CatalogIndex.EMPTY : known).next(store().snapshot());
      fingerprint = before;
      checkedForForeignWritesAt = startedAt;
      foreignWritesSuspected = false;
      publish(step);
      verifiedAt = startedAt;
      lastFailure = null;
      return step.index();
    } catch (DatabaseException e) {
      lastFailure = new Failure(e, System.nanoTime());
      throw e;
    }
  }

  private void publish(CatalogIndex.Step step) {
    boolean isFirst = index == null;
    index = step.index();
    if (!isFirst && !step.change().isEmpty()) {
      listener.changed(step.change());
    }
  }

  private BundleStore store() {
    return database.bundles(context);
  }

  private static Duration age(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
