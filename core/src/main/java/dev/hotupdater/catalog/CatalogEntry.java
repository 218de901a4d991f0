package dev.hotupdater.catalog;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleDelta;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.DatabaseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The index of one context key, and how it is kept up to date. Taking in happens in one thread
 * after the other, so an older state never replaces a newer one; the long reading that finds the
 * writes of other software holds nobody up.
 */
final class CatalogEntry {
  /** However many hints there are, what other software may have written is looked for so often. */
  private static final Duration SHORTEST_SCAN_INTERVAL = Duration.ofSeconds(1);

  private final Database database;
  private final RequestContext context;
  private final Freshness freshness;
  private final CatalogListener listener;
  private final Object refreshing = new Object();
  private final AtomicLong requestedRefresh = new AtomicLong();

  // Used with the lock alone.
  private long finishedRefresh;
  private long scannedAt;
  private Optional<String> fingerprint = Optional.empty();
  private long loads;

  private final AtomicBoolean hinted = new AtomicBoolean();
  private volatile boolean foreignWritesSuspected;

  private volatile @Nullable CatalogIndex index;
  private volatile long verifiedAt;
  private volatile boolean used;
  private volatile long usedAt = System.nanoTime();
  private volatile @Nullable Failure lastFailure;

  private record Failure(DatabaseException cause, long at) {}

  /** What was known when a scan began. */
  private record Scan(CatalogIndex known, Optional<String> fingerprint, long loads) {}

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
   * Says that something seems to have been written, by whomever, to be found with the next poll.
   */
  void hint() {
    hinted.set(true);
  }

  /** Takes in what this library has committed. */
  void poll() {
    synchronized (refreshing) {
      boolean afterHint = hinted.getAndSet(false);
      CatalogIndex known = index;
      takeInCommits();
      if (afterHint && index == known) {
        // What a commit of this library explains needs no search for other writers.
        foreignWritesSuspected = true;
      }
    }
  }

  boolean suspectsForeignWrites() {
    return foreignWritesSuspected;
  }

  /** Takes in what other software has written, if it is time to look for it. */
  void scan() {
    Scan scan;
    synchronized (refreshing) {
      CatalogIndex known = index;
      if (known == null || !isScanDue()) {
        return;
      }
      scan = new Scan(known, fingerprint, loads);
      foreignWritesSuspected = false;
    }
    long startedAt = System.nanoTime();
    try {
      Optional<String> found = store().fingerprint();
      if (scan.fingerprint().isEmpty() || !found.equals(scan.fingerprint())) {
        takeIn(scan, store().snapshot(), found);
      }
    } catch (RuntimeException e) {
      foreignWritesSuspected = true;
      throw e;
    }
    synchronized (refreshing) {
      scannedAt = startedAt;
    }
  }

  private boolean isScanDue() {
    Duration interval =
        foreignWritesSuspected ? SHORTEST_SCAN_INTERVAL : freshness.reloadInterval();
    return age(scannedAt).compareTo(interval) >= 0;
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
      // It is of another state now, even if other software goes back to that one.
      fingerprint = Optional.empty();
    }
    verifiedAt = startedAt;
  }

  /**
   * Takes in a snapshot that was read without the lock.
   *
   * @param found the fingerprint from before it was read
   */
  private void takeIn(Scan scan, BundleSnapshot snapshot, Optional<String> found) {
    CatalogIndex known = scan.known();
    CatalogIndex.Step step = known.next(snapshot);
    synchronized (refreshing) {
      takeInCommits();
      CatalogIndex current = index;
      if (current == null || loads != scan.loads()) {
        // What was loaded meanwhile is newer, as a whole.
        foreignWritesSuspected = true;
      } else if (current != known) {
        takeIn(known, current, snapshot, step);
      } else if (snapshot.revision().equals(known.revision())) {
        publish(step);
        fingerprint = found;
      } else {
        // A read that is behind, as a replica may be.
        foreignWritesSuspected = true;
      }
    }
  }

  private void takeIn(
      CatalogIndex known, CatalogIndex current, BundleSnapshot snapshot, CatalogIndex.Step step) {
    Optional<BundleDelta> later = store().changesSince(snapshot.revision());
    if (later.isEmpty()) {
      load();
    } else {
      publish(known.rebase(step.change(), current, later.get()));
    }
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
      loads++;
      scannedAt = startedAt;
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
