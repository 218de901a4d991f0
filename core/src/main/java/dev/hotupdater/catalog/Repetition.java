package dev.hotupdater.catalog;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Does again what another writer was faster with, a limited number of times, after pauses of random
 * length, so that two writers do not meet again and again.
 *
 * @param conflict what says that another writer was faster
 * @param maxAttempts after how many the last conflict is thrown
 * @param maxPauseNanos the longest pause
 */
record Repetition(Class<? extends RuntimeException> conflict, int maxAttempts, long maxPauseNanos) {
  <T> T of(Supplier<T> attempt) {
    for (int number = 1; ; number++) {
      try {
        return attempt.get();
      } catch (RuntimeException e) {
        if (!conflict.isInstance(e) || number == maxAttempts) {
          throw e;
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(maxPauseNanos));
      }
    }
  }
}
