package dev.hotupdater.s3.database;

import dev.hotupdater.database.DatabaseUnavailableException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Lets the commits of this server be made one after the other, rather than against each other. */
final class CommitTurn {
  private final ReentrantLock lock = new ReentrantLock(true);

  /**
   * Waits for those who came earlier.
   *
   * @throws DatabaseUnavailableException if the time is up
   */
  void await(Patience patience) {
    try {
      if (lock.tryLock(patience.left().toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException("Interrupted while waiting for other writers.", e);
    }
    throw new DatabaseUnavailableException(
        "Waited for other commits of this server for longer than "
            + patience.limit().toMillis()
            + " ms. Try again later.");
  }

  /** Lets the next one in. */
  void leave() {
    lock.unlock();
  }
}
