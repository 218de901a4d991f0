package dev.hotupdater.benchmarks.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting, which an interrupt ends together with the benchmark. */
public final class Pause {
  private Pause() {}

  /** Waits about so long. */
  public static void of(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw ChildProcess.interrupted(e);
    }
  }

  /** Waits about so long, but for less than a millisecond. */
  public static void ofNanos(long nanos) {
    LockSupport.parkNanos(nanos);
  }
}
