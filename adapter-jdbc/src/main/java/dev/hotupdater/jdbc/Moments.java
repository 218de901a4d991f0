package dev.hotupdater.jdbc;

import java.time.Instant;

/** Moments as databases keep them: in milliseconds since 1970. */
final class Moments {
  private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private Moments() {}

  /** The milliseconds of a moment; of one beyond the reach of the number, the nearest. */
  static long millis(Instant moment) {
    if (moment.isBefore(FIRST)) {
      return Long.MIN_VALUE;
    }
    return moment.isAfter(LAST) ? Long.MAX_VALUE : moment.toEpochMilli();
  }
}
