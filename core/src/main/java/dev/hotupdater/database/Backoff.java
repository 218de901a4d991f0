package dev.hotupdater.database;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next of several attempts: longer each time, up to five seconds. For
 * those who write a database. Used by one thread.
 */
public final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Duration next = FIRST;

  /** Begins with the shortest pause. */
  public Backoff() {}

  /** Whether no attempt has failed yet. */
  public boolean isFresh() {
    return next.equals(FIRST);
  }

  /** The pause after a failure; half of it is left to chance, so that servers come one by one. */
  public Duration next() {
    long millis = next.toMillis();
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
  }

  /** Begins again, after something has worked. */
  public void reset() {
    next = FIRST;
  }
}
