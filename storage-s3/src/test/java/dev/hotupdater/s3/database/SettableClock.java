package dev.hotupdater.s3.database;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** A clock that can be exchanged while others look at it. */
final class SettableClock extends Clock {
  private final Supplier<Clock> current;

  SettableClock(Supplier<Clock> current) {
    this.current = current;
  }

  @Override
  public Instant instant() {
    return current.get().instant();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
