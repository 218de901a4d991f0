package dev.hotupdater.cli.publish;

import java.time.Duration;
import java.util.List;

/**
 * How long the server is waited for. Immutable.
 *
 * @param answer until an ordinary request must be answered
 * @param completion until an uploaded file must be checked, which the server reads as a whole
 * @param stall for how long an upload may make no progress
 * @param pauses between the attempts of what may go better the next time; one more than these
 */
record Patience(Duration answer, Duration completion, Duration stall, List<Duration> pauses) {
  Patience {
    pauses = List.copyOf(pauses);
  }

  /** That with servers on the internet. */
  static Patience usual() {
    return new Patience(
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofMinutes(2),
        List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(16)));
  }
}
