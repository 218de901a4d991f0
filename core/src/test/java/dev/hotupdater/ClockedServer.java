package dev.hotupdater;

import java.time.Clock;

/** Servers whose clock a test sets. */
public final class ClockedServer {
  private ClockedServer() {}

  public static HotUpdater build(HotUpdaterBuilder builder, Clock clock) {
    return builder.clock(clock).build();
  }
}
