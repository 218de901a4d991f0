package dev.hotupdater.benchmarks.client;

import dev.hotupdater.benchmarks.report.Distribution;
import java.time.Duration;

/**
 * What came of some load.
 *
 * @param answered how many requests were answered
 * @param missed how many were due and not answered before the end
 * @param duration how long it took
 * @param latencies of every request that was due, in milliseconds, from the time it was due; one
 *     that was not answered counts with the time it had waited by then
 */
public record LoadResult(long answered, long missed, Duration duration, Distribution latencies) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** How many requests were answered in a second. */
  public double requestsPerSecond() {
    return answered / (duration.toNanos() / NANOS_PER_SECOND);
  }

  /** A percentile of the latencies, in milliseconds; see {@link Distribution#percentile}. */
  public double percentile(double percent) {
    return latencies.percentile(percent);
  }
}
