package dev.hotupdater.protocol.capacitor;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** When something happened on a device, whose clock may be wrong. */
final class EventTime {
  /** For how long a device may keep something to itself, being offline. */
  private static final Duration OLDEST = Duration.ofDays(30);

  private static final int MAX_DIGITS = 15;

  private EventTime() {}

  /**
   * The time that a device tells, but neither one to come nor one long gone.
   *
   * @param millis what it tells, in milliseconds since 1970; what is no number counts as now
   * @return in whole milliseconds
   */
  static Instant of(Optional<String> millis, Instant now) {
    Instant latest = now.truncatedTo(ChronoUnit.MILLIS);
    Instant oldest = latest.minus(OLDEST);
    Instant told =
        millis
            .filter(EventTime::isNumber)
            .map(text -> Instant.ofEpochMilli(Long.parseLong(text)))
            .orElse(latest);
    if (told.isAfter(latest)) {
      return latest;
    }
    return told.isBefore(oldest) ? oldest : told;
  }

  private static boolean isNumber(String text) {
    return text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
