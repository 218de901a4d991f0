package dev.hotupdater.login;

import dev.hotupdater.database.DatabaseUnavailableException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how much is done at the same time, and how many wait for it: those who guess passwords
 * must not get all memory, nor all threads of the server. Safe for use by many threads.
 */
final class Turns {
  private static final int WAITING_PER_TURN = 4;

  private final Semaphore turns;
  private final Semaphore places;
  private final Duration patience;

  Turns(int atOnce, Duration patience) {
    turns = new Semaphore(atOnce, true);
    places = new Semaphore(atOnce * (1 + WAITING_PER_TURN));
    this.patience = patience;
  }

  /**
   * Does the work when its turn has come.
   *
   * @throws DatabaseUnavailableException if too many wait already, or the turn does not come in
   *     time
   */
  <T> T take(Supplier<T> work) {
    if (!places.tryAcquire()) {
      throw busy();
    }
    try {
      return inTurn(work);
    } finally {
      places.release();
    }
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException("The wait for other sign-ins was ended.", e);
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  private static DatabaseUnavailableException busy() {
    return new DatabaseUnavailableException(
        "Too many are signing in at the same time. Try again later; if this goes on, somebody is"
            + " guessing passwords: limit the rate of the route.");
  }
}
