package dev.hotupdater.catalog;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.release.AppId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the devices of one context key, and how it is kept up to date. Safe for use by
 * many threads.
 *
 * <p>Recordings have no order: each server stamps them by its own clock, and what it stamps comes
 * in a moment later. So each poll reads again what the last ones may have missed, and now and then
 * everything is read anew, which also forgets what was deleted.
 */
final class DeviceEntry implements ContextEntry {
  /** How far the clocks of servers may be apart, and how long a recording may take. */
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  private static final Duration RELOAD_INTERVAL = Duration.ofHours(1);
  private static final Duration SWEEP_INTERVAL = Duration.ofHours(1);

  /** A poll that took long is followed by a pause so many times as long. */
  private static final int PAUSE_FACTOR = 9;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Supplier<DeviceStore> store;
  private final Supplier<List<DeviceFact.Failure>> waiting;
  private final RetentionSweep retention;
  private final Duration failurePause;
  private final LastUse lastUse = new LastUse();

  // Facts are taken in with this lock, which is never held while the database is asked.
  private final Object takingIn = new Object();
  private final List<Reading> readings = new ArrayList<>();
  private volatile DeviceFacts facts;

  // Everything is read with this lock.
  private final Object loading = new Object();
  private volatile boolean loaded;
  private volatile long loadedAt;
  private volatile @Nullable Failure lastFailure;

  private volatile Instant readFrom = Instant.MAX;
  private volatile long verifiedAt;
  private volatile long nextPollAt = System.nanoTime();
  private volatile long nextSweepAt = System.nanoTime();

  private record Failure(DatabaseException cause, long at) {}

  private record AssignmentKey(AppId app, DeviceKey key) {
    static AssignmentKey of(ChannelAssignment assignment) {
      return new AssignmentKey(assignment.app(), assignment.key());
    }
  }

  /** A reading of the database that goes on, and what has become known otherwise meanwhile. */
  private static final class Reading {
    private final Optional<DeviceFacts> into;
    private final Set<AssignmentKey> overtaken = new HashSet<>();

    Reading(Optional<DeviceFacts> into) {
      this.into = into;
    }

    boolean isOvertaken(DeviceFact fact) {
      return fact instanceof ChannelAssignment assignment
          && overtaken.contains(AssignmentKey.of(assignment));
    }

    void overtake(DeviceFact fact) {
      into.ifPresent(read -> read.takeIn(fact));
      if (fact instanceof ChannelAssignment assignment) {
        overtaken.add(AssignmentKey.of(assignment));
      }
    }
  }

  /**
   * Creates one that knows nothing yet.
   *
   * @param store where facts are read
   * @param waiting gives the failures that this server has not recorded yet
   * @param none takes the facts in
   * @param retention deletes what has been kept for long enough
   * @param failurePause how soon a first reading that failed is tried again
   */
  DeviceEntry(
      Supplier<DeviceStore> store,
      Supplier<List<DeviceFact.Failure>> waiting,
      DeviceFacts none,
      RetentionSweep retention,
      Duration failurePause) {
    this.store = store;
    this.waiting = waiting;
    this.facts = none;
    this.retention = retention;
    this.failurePause = failurePause;
  }

  void use() {
    lastUse.mark();
  }

  @Override
  public void noteUse() {
    lastUse.note();
  }

  @Override
  public Duration idle() {
    return lastUse.age();
  }

  /**
   * Whether a version failed on a device.
   *
   * @throws DatabaseException if nothing has ever been read, and nothing can be
   */
  boolean hasFailed(DeviceFact.Failure failure) {
    return facts.hasFailed(failure) || loaded().hasFailed(failure);
  }

  /**
   * The channel of the first of these keys that has one.
   *
   * @throws DatabaseException if nothing has ever been read, and nothing can be
   */
  Optional<String> channel(AppId app, List<DeviceKey> keys) {
    DeviceFacts known = loaded();
    return keys.stream().flatMap(key -> known.channel(app, key).stream()).findFirst();
  }

  /** Loads the facts, if they are not. */
  void warmUp() {
    DeviceFacts unused = loaded();
  }

  private DeviceFacts loaded() {
    lastUse.mark();
    if (!loaded) {
      loadFirst();
    }
    return facts;
  }

  private void loadFirst() {
    synchronized (loading) {
      if (loaded) {
        return;
      }
      Failure failure = lastFailure;
      // While the database is away, waiting requests must not each try it in turn.
      if (failure != null && age(failure.at()).compareTo(failurePause) < 0) {
        throw failure.cause();
      }
      try {
        load(facts);
      } catch (DatabaseException e) {
        lastFailure = new Failure(e, System.nanoTime());
        throw e;
      }
    }
  }

  /** Takes in what this server has learnt itself. */
  void takeIn(DeviceFact fact) {
    lastUse.mark();
    synchronized (takingIn) {
      facts.takeIn(fact);
      readings.forEach(reading -> reading.overtake(fact));
    }
  }

  /** Takes in what other servers have recorded. */
  void poll() {
    if (!loaded || System.nanoTime() - nextPollAt < 0) {
      return;
    }
    long startedAt = System.nanoTime();
    Instant now = now();
    // A clock may have been set back since.
    Instant last = readFrom.isBefore(now) ? readFrom : now;
    Reading reading = begin(Optional.empty());
    try (Stream<DeviceFact> changes = store.get().changesSince(last.minus(OVERLAP))) {
      changes.forEach(fact -> takeInPolled(reading, fact));
    } finally {
      end(reading);
    }
    readFrom = now;
    verifiedAt = startedAt;
    long pause = (System.nanoTime() - startedAt) * PAUSE_FACTOR;
    nextPollAt = System.nanoTime() + Math.min(pause, LONGEST_PAUSE.toNanos());
  }

  private void takeInPolled(Reading poll, DeviceFact fact) {
    synchronized (takingIn) {
      if (!poll.isOvertaken(fact)) {
        facts.takeIn(fact);
        readings.stream()
            .filter(reading -> !reading.equals(poll))
            .forEach(reading -> reading.overtake(fact));
      }
    }
  }

  /** Reads everything anew, and deletes what has been kept for long enough, if it is time. */
  void upkeep() {
    if (loaded && age(loadedAt).compareTo(RELOAD_INTERVAL) >= 0) {
      reload();
    }
    if (System.nanoTime() - nextSweepAt >= 0) {
      sweep();
    }
  }

  /** Deletes what has been kept for long enough. */
  int sweep() {
    int deleted = retention.run(store.get());
    nextSweepAt = System.nanoTime() + SWEEP_INTERVAL.toNanos();
    return deleted;
  }

  /** Reads everything anew. */
  void reload() {
    synchronized (loading) {
      DeviceFacts next;
      synchronized (takingIn) {
        next = facts.replacement();
      }
      load(next);
    }
  }

  private void load(DeviceFacts next) {
    long startedAt = System.nanoTime();
    Instant from = now();
    Reading reading = begin(Optional.of(next));
    try {
      // First what waits: what does not is in the database before that is read.
      List<DeviceFact.Failure> unrecorded = waiting.get();
      unrecorded.forEach(failure -> takeInLoaded(reading, next, failure));
      try (Stream<DeviceFact> all = store.get().changesSince(Instant.EPOCH)) {
        all.forEach(fact -> takeInLoaded(reading, next, fact));
      }
      // And once more, since it is newer than what may have pushed it out.
      unrecorded.forEach(failure -> takeInLoaded(reading, next, failure));
      publish(next);
    } finally {
      end(reading);
    }
    loadedAt = startedAt;
    if (!loaded) {
      readFrom = from;
      verifiedAt = startedAt;
      loaded = true;
    }
  }

  private void takeInLoaded(Reading reading, DeviceFacts next, DeviceFact fact) {
    synchronized (takingIn) {
      if (!reading.isOvertaken(fact)) {
        next.takeIn(fact);
      }
    }
  }

  private void publish(DeviceFacts next) {
    synchronized (takingIn) {
      if (!next.equals(facts)) {
        next.replace(facts);
        facts = next;
      }
    }
  }

  private Reading begin(Optional<DeviceFacts> into) {
    Reading reading = new Reading(into);
    synchronized (takingIn) {
      readings.add(reading);
    }
    return reading;
  }

  private void end(Reading reading) {
    synchronized (takingIn) {
      readings.remove(reading);
    }
  }

  /** Gives the room of its facts back, since nobody has use for them. */
  void drop() {
    synchronized (takingIn) {
      facts.detach();
    }
  }

  /** How long ago the facts were known to be up to date; absent if there are none. */
  Optional<Duration> age() {
    return loaded ? Optional.of(age(verifiedAt)) : Optional.empty();
  }

  private static Duration age(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
