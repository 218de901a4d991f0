package dev.hotupdater.mongo;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next of several attempts: longer each time. Used by one thread. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Duration next = FIRST;

  /** Whether no attempt has failed yet. */
  boolean isFresh() {
    return next.equals(FIRST);
  }

  /** The pause after a failure; half of it is left to chance, so that servers come one by one. */
  Duration next() {
    long millis = next.toMillis();
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
  }

  /** Begins again, after something has worked. */
  void reset() {
    next = FIRST;
  }
}
