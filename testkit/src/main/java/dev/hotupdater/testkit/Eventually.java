package dev.hotupdater.testkit;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;

/** Waits for what must happen within a time that even a slow machine keeps. */
final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE_MILLIS = 5;

  private Eventually() {}

  /** Something that is going to be so. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Returns once the condition holds; how long it took is returned. */
  static Duration holds(String what, Condition condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        fail("not within " + PATIENCE.toSeconds() + " s: " + what);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
