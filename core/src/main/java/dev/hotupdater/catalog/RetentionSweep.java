package dev.hotupdater.catalog;

import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.DeviceOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Deletes what is older than it is kept, in small steps with pauses, and so many at most, so that
 * the database is there for others meanwhile.
 *
 * @param retention how long downloads are kept
 * @param resultRetention how long what became of releases is
 */
record RetentionSweep(Duration retention, Duration resultRetention) {
  /** How many events are deleted at once. */
  static final int STEP = 1_000;

  private static final int MAX_STEPS = 1_000;
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();
  private static final Set<DeviceOutcome> RESULTS =
      EnumSet.of(DeviceOutcome.INSTALLED, DeviceOutcome.FAILED);
  private static final Set<DeviceOutcome> OTHERS = EnumSet.complementOf(EnumSet.copyOf(RESULTS));

  static RetentionSweep of(DeviceSettings settings) {
    return new RetentionSweep(settings.retention(), settings.resultRetention());
  }

  /** Deletes what is due. Returns how many events that were. */
  int run(DeviceStore store) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return deleteBefore(store, now.minus(retention), OTHERS)
        + deleteBefore(store, now.minus(resultRetention), RESULTS);
  }

  private static int deleteBefore(DeviceStore store, Instant moment, Set<DeviceOutcome> outcomes) {
    int deleted = 0;
    for (int step = 0; step < MAX_STEPS && !Thread.currentThread().isInterrupted(); step++) {
      int more = store.deleteBefore(moment, outcomes, STEP);
      deleted += more;
      if (more < STEP) {
        break;
      }
      // An interrupt, as of a server that is closed, ends it early.
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return deleted;
  }
}
