package dev.hotupdater.s3.database;

import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import java.time.Instant;

/** A line of an object with facts. Immutable. */
sealed interface RecordedFact {
  FactKind kind();

  /** The time by which it is found, as keys have it. */
  long millis();

  /**
   * What a device told.
   *
   * @param event what it told
   * @param recordedAt when that was recorded
   */
  record Told(DeviceEvent event, Instant recordedAt) implements RecordedFact {
    @Override
    public FactKind kind() {
      return FactKind.of(event.outcome());
    }

    @Override
    public long millis() {
      return FactOrder.millis(recordedAt);
    }
  }

  /**
   * The channel that a device was given to.
   *
   * @param assignment the channel
   * @param order of those of the same device, the last one counts
   */
  record Given(ChannelAssignment assignment, FactOrder order) implements RecordedFact {
    @Override
    public FactKind kind() {
      return FactKind.ASSIGNMENT;
    }

    @Override
    public long millis() {
      return order.millis();
    }
  }
}
