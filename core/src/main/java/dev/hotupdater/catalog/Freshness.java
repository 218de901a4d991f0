package dev.hotupdater.catalog;

import java.time.Duration;

/**
 * How soon a decision knows of a write. What this server writes itself is known at once, always.
 *
 * @param readsEveryTime whether the database is read for every decision
 * @param pollInterval how often the database is asked whether another server of ours has written;
 *     hints of the database make it sooner
 * @param reloadInterval how often the writes of other software are looked for, by the fingerprint
 *     of the database or, if it has none, by reading everything again; its hints make it sooner
 */
public record Freshness(boolean readsEveryTime, Duration pollInterval, Duration reloadInterval) {
  private static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(1);
  private static final Duration DEFAULT_RELOAD_INTERVAL = Duration.ofSeconds(7);

  /** Checks the intervals. */
  public Freshness {
    if (pollInterval.toMillis() < 1 || reloadInterval.compareTo(pollInterval) < 0) {
      throw new IllegalArgumentException(
          "pollInterval must be at least one millisecond, reloadInterval not less than it");
    }
  }

  /**
   * Decisions from memory; polls every second, and looks for the writes of other software every 7
   * seconds.
   */
  public static Freshness polling() {
    return new Freshness(false, DEFAULT_POLL_INTERVAL, DEFAULT_RELOAD_INTERVAL);
  }

  /** Decisions from memory, with these intervals. */
  public static Freshness polling(Duration pollInterval, Duration reloadInterval) {
    return new Freshness(false, pollInterval, reloadInterval);
  }

  /** Reads the database for every decision. Slow, and never behind. */
  public static Freshness strict() {
    return new Freshness(true, DEFAULT_POLL_INTERVAL, DEFAULT_RELOAD_INTERVAL);
  }
}
