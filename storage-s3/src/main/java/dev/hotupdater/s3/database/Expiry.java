package dev.hotupdater.s3.database;

import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.s3.database.RecordedFact.Told;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which events are old.
 *
 * @param moment they were recorded before it
 * @param kinds of which kinds they are
 */
record Expiry(Instant moment, Set<FactKind> kinds) {
  static Expiry of(Instant moment, Set<DeviceOutcome> outcomes) {
    Set<FactKind> kinds = EnumSet.noneOf(FactKind.class);
    outcomes.forEach(outcome -> kinds.add(FactKind.of(outcome)));
    return new Expiry(moment, kinds);
  }

  boolean includes(RecordedFact fact) {
    return fact instanceof Told told
        && kinds.contains(told.kind())
        && told.recordedAt().isBefore(moment);
  }

  /** Whether an object may have such an event, by its name. */
  boolean mayBeIn(FactName name) {
    return name.first() <= FactOrder.millis(moment) && name.hasAny(kinds);
  }

  /** Whether all that an object has of these kinds is old, by its name. */
  boolean coversAllOf(FactName name) {
    return name.order().millis() < FactOrder.millis(moment);
  }
}
