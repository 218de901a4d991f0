package dev.hotupdater.catalog;

import java.time.Duration;

/** What is kept in memory for one context key. */
interface ContextEntry {
  /** Turns what decisions have marked into a time, so that they need not look at the clock. */
  void noteUse();

  /** For how long it has not been asked for, as far as it was noted. */
  Duration idle();
}
