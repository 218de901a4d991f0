package dev.hotupdater.s3.database;

import dev.hotupdater.database.DatabaseUnavailableException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long one call waits for others: pauses that grow, until its time is up. For one thread. */
final class Patience {
  private static final long FIRST_MILLIS = 10;
  private static final long LONGEST_MILLIS = 250;

  private final Duration limit;
  private final long start = System.nanoTime();
  private long next = FIRST_MILLIS;

  Patience(Duration limit) {
    this.limit = limit;
  }

  Duration limit() {
    return limit;
  }

  Duration left() {
    return limit.minusNanos(System.nanoTime() - start);
  }

  /**
   * Waits a little, half of it left to chance, so that writers come one by one.
   *
   * @param cause what is waited for, as the start of a sentence
   * @throws DatabaseUnavailableException if the time is up
   */
  void pause(String cause) {
    if (left().isNegative()) {
      throw new DatabaseUnavailableException(
          cause + " for longer than " + limit.toMillis() + " ms. Try again later.");
    }
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(next / 2, next + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException("Interrupted while waiting for other writers.", e);
    }
    next = Math.min(next * 2, LONGEST_MILLIS);
  }

  /** Begins with short pauses again, after something has moved on. */
  void reset() {
    next = FIRST_MILLIS;
  }
}
