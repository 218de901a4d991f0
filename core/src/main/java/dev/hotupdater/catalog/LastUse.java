package dev.hotupdater.catalog;

import java.time.Duration;

/**
 * When something was used last. Using it only sets a mark, which costs next to nothing; the mark
 * becomes a time when it is noted. Safe for use by many threads.
 */
final class LastUse {
  private volatile boolean marked;
  private volatile long at = System.nanoTime();

  void mark() {
    if (!marked) {
      marked = true;
    }
  }

  void note() {
    if (marked) {
      marked = false;
      at = System.nanoTime();
    }
  }

  /** How long ago it was, as far as it was noted. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - at);
  }
}
