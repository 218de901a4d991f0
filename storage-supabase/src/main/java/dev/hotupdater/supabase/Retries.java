package dev.hotupdater.supabase;

import dev.hotupdater.storage.StorageUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a request is sent, and how long to wait in between.
 *
 * @param attempts at least 1
 */
record Retries(int attempts) {
  /** Whoever waits for an answer does not wait longer than that because of one pause. */
  static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  /**
   * The pause before the next attempt; empty if there is none.
   *
   * @param failedAttempts how many there were
   * @param retryAfter what the server asks for. If that is longer than is bearable, it is left
   *     alone.
   */
  Optional<Duration> pauseAfter(int failedAttempts, Optional<Duration> retryAfter) {
    if (failedAttempts >= attempts) {
      return Optional.empty();
    }
    Duration pause = retryAfter.orElseGet(() -> backoff(failedAttempts));
    return pause.compareTo(MAX_PAUSE) > 0 ? Optional.empty() : Optional.of(pause);
  }

  /** Doubles each time; random by half, so that many servers do not come back at once. */
  private static Duration backoff(int failedAttempts) {
    long most =
        Math.min(MAX_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(failedAttempts - 1, 10));
    return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }

  static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageUnavailableException("Interrupted while waiting for Supabase Storage.", e);
    }
  }
}
