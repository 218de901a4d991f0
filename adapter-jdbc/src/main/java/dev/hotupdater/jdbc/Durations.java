package dev.hotupdater.jdbc;

import java.time.Duration;

/** Lengths of time as a person and as a driver want them. */
final class Durations {
  private Durations() {}

  static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  /** At least one, because zero means no limit to all who are told. */
  static int millis(Duration duration) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, duration.toMillis()));
  }

  /** Rounded up. */
  static int seconds(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, duration.plusMillis(999).toSeconds());
  }
}
