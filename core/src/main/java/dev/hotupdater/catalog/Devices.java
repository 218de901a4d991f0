package dev.hotupdater.catalog;

import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.release.AppId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What devices told, and the channels that they were given to. What decisions need is in memory.
 * Safe for use by many threads.
 */
public final class Devices {
  private final DeviceStore store;

  private Devices(DeviceStore store) {
    this.store = store;
  }

  /** Those of a store. */
  public static Devices of(DeviceStore store) {
    return new Devices(store);
  }

  /** Records an event, in the background: this never waits, and never fails. */
  public void record(DeviceEvent event) {
    store.record(List.of(event), now());
  }

  /** Whether a version failed on a device. */
  public boolean hasFailed(AppId app, String device, String version) {
    return find(new DeviceFact.Failure(app, device, version)).isPresent();
  }

  /** The channel that a device was given to: by its own id, or else by its custom one. */
  public Optional<String> assignedChannel(AppId app, DeviceKey device, Optional<DeviceKey> custom) {
    return assigned(app, device).or(() -> custom.flatMap(key -> assigned(app, key)));
  }

  /** Gives a device to a channel. */
  public void assign(AppId app, DeviceKey key, String channel) {
    store.assign(new ChannelAssignment(app, key, Optional.of(channel), now()));
  }

  /** Takes a device away from the channel that it was given to. */
  public void unassign(AppId app, DeviceKey key) {
    store.assign(new ChannelAssignment(app, key, Optional.empty(), now()));
  }

  /** How often each outcome of each release of an app was recorded. */
  public List<OutcomeCount> counts(AppId app) {
    return store.counts(app);
  }

  /** Waits until what was recorded before is in the database. */
  public void flush() {}

  private Optional<String> assigned(AppId app, DeviceKey key) {
    try (Stream<DeviceFact> facts = store.changesSince(Instant.EPOCH)) {
      return facts
          .filter(ChannelAssignment.class::isInstance)
          .map(ChannelAssignment.class::cast)
          .filter(each -> each.app().equals(app) && each.key().equals(key))
          .findFirst()
          .flatMap(ChannelAssignment::channel);
    }
  }

  private Optional<DeviceFact> find(DeviceFact wanted) {
    try (Stream<DeviceFact> facts = store.changesSince(Instant.EPOCH)) {
      return facts.filter(wanted::equals).findFirst();
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
