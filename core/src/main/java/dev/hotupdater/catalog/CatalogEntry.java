package dev.hotupdater.catalog;

import dev.hotupdater.database.DatabaseException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state in memory of one context key, and how it is kept up to date. Taking in happens in one
 * thread after the other, so an older state never replaces a newer one; the long reading that finds
 * the writes of other software holds nobody up.
 *
 * @param <S> the states
 * @param <C> how one state differs from another
 */
final class CatalogEntry<S extends CatalogState, C extends StateChange> implements ContextEntry {
  /** However many hints there are, what other software may have written is looked for so often. */
  private static final Duration SHORTEST_SCAN_INTERVAL = Duration.ofSeconds(1);

  private final StateSource<S, C> source;
  private final Freshness freshness;
  private final Consumer<C> listener;
  private final Object refreshing = new Object();
  private final AtomicLong requestedRefresh = new AtomicLong();

  // Used with the lock alone.
  private long finishedRefresh;
  private long scannedAt;
  private Optional<String> fingerprint = Optional.empty();
  private long loads;

  private final LastUse lastUse = new LastUse();
  private final AtomicBoolean hinted = new AtomicBoolean();
  private volatile boolean foreignWritesSuspected;

  private volatile @Nullable S state;
  private volatile long verifiedAt;
  private volatile @Nullable Failure lastFailure;

  private record Failure(DatabaseException cause, long at) {}

  /** What was known when a scan began. */
  private record Scan<S>(S known, Optional<String> fingerprint, long loads) {}

  CatalogEntry(StateSource<S, C> source, Freshness freshness, Consumer<C> listener) {
    this.source = source;
    this.freshness = freshness;
    this.listener = listener;
  }

  /**
   * The last good state.
   *
   * @throws DatabaseException if there has never been one and the database cannot be read
   */
  S current() {
    lastUse.mark();
    S current = state;
    return current != null ? current : loadFirst();
  }

  @Override
  public void noteUse() {
    lastUse.note();
  }

  @Override
  public Duration idle() {
    return lastUse.age();
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
      S known = state;
      takeInCommits();
      if (afterHint && Objects.equals(state, known)) {
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
    Scan<S> scan;
    synchronized (refreshing) {
      S known = state;
      if (known == null || !isScanDue()) {
        return;
      }
      scan = new Scan<>(known, fingerprint, loads);
      foreignWritesSuspected = false;
    }
    long startedAt = System.nanoTime();
    try {
      Optional<String> found = source.fingerprint();
      if (scan.fingerprint().isEmpty() || !found.equals(scan.fingerprint())) {
        takeIn(scan, source.read(scan.known()), found);
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

  /** How long ago the state was known to be up to date; absent if there is none. */
  Optional<Duration> age() {
    return state == null ? Optional.empty() : Optional.of(age(verifiedAt));
  }

  private S loadFirst() {
    synchronized (refreshing) {
      S current = state;
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
    S current = state;
    if (current == null) {
      load();
      return;
    }
    long startedAt = System.nanoTime();
    if (!source.revision().equals(current.revision())) {
      Optional<Transition<S, C>> next = source.changesSince(current);
      if (next.isEmpty()) {
        load();
        return;
      }
      publish(next.get());
      // It is of another state now, even if other software goes back to that one.
      fingerprint = Optional.empty();
    }
    verifiedAt = startedAt;
  }

  /**
   * Takes in what was read without the lock.
   *
   * @param found the fingerprint from before it was read
   */
  private void takeIn(Scan<S> scan, Transition<S, C> read, Optional<String> found) {
    S known = scan.known();
    synchronized (refreshing) {
      takeInCommits();
      S current = state;
      if (current == null || loads != scan.loads()) {
        // What was loaded meanwhile is newer, as a whole.
        foreignWritesSuspected = true;
      } else if (!current.equals(known)) {
        takeIn(known, read, current);
      } else if (read.state().revision().equals(known.revision())) {
        publish(read);
        fingerprint = found;
      } else {
        // A read that is behind, as a replica may be.
        foreignWritesSuspected = true;
      }
    }
  }

  private void takeIn(S known, Transition<S, C> read, S current) {
    Optional<Transition<S, C>> next = source.rebase(known, read, current);
    if (next.isEmpty()) {
      load();
    } else {
      publish(next.get());
    }
  }

  private S load() {
    try {
      long startedAt = System.nanoTime();
      // First the fingerprint: what is written in between then makes it differ the next time.
      Optional<String> before = source.fingerprint();
      S known = state;
      Transition<S, C> loaded = source.read(known == null ? source.empty() : known);
      fingerprint = before;
      loads++;
      scannedAt = startedAt;
      publish(loaded);
      verifiedAt = startedAt;
      lastFailure = null;
      return loaded.state();
    } catch (DatabaseException e) {
      lastFailure = new Failure(e, System.nanoTime());
      throw e;
    }
  }

  private void publish(Transition<S, C> next) {
    boolean isFirst = state == null;
    state = next.state();
    if (!isFirst && !next.change().isEmpty()) {
      listener.accept(next.change());
    }
  }

  private static Duration age(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
