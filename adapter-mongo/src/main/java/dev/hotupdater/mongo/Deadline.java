package dev.hotupdater.mongo;

import dev.hotupdater.database.DatabaseUnavailableException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The end of what may be tried again. Immutable. */
final class Deadline {
  private static final long SHORTEST_PAUSE_MILLIS = 2;
  private static final long LONGEST_PAUSE_MILLIS = 15;

  private final Duration timeout;
  private final long end;

  private Deadline(Duration timeout) {
    this.timeout = timeout;
    end = System.nanoTime() + timeout.toNanos();
  }

  static Deadline in(Duration timeout) {
    return new Deadline(timeout);
  }

  /** What is left, at least nothing. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /**
   * Waits a little, each time for another time, so that those who wait for the same thing part.
   *
   * @throws DatabaseUnavailableException if the time is over
   */
  void pause() {
    check();
    try {
      TimeUnit.MILLISECONDS.sleep(
          ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException("Interrupted while waiting for another writer.", e);
    }
  }

  /**
   * Checks that there is time left.
   *
   * @throws DatabaseUnavailableException if there is none
   */
  void check() {
    if (left().isZero()) {
      throw new DatabaseUnavailableException(
          "Other writers have kept MongoDB busy for "
              + timeout.toMillis()
              + " ms. Try again, or raise the timeout.");
    }
  }
}
