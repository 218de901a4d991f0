package dev.hotupdater.catalog;

import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.release.AppId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What the database knows of devices, read for one question: slow, and never behind. */
record StoredFacts(DeviceStore store) {
  boolean hasFailed(DeviceFact.Failure failure) {
    try (Stream<DeviceFact> facts = store.changesSince(Instant.EPOCH)) {
      return facts.anyMatch(failure::equals);
    }
  }

  Optional<String> channel(AppId app, DeviceKey key) {
    try (Stream<DeviceFact> facts = store.changesSince(Instant.EPOCH)) {
      return facts
          .filter(ChannelAssignment.class::isInstance)
          .map(ChannelAssignment.class::cast)
          .filter(each -> each.app().equals(app) && each.key().equals(key))
          .max(Comparator.comparing(ChannelAssignment::assignedAt))
          .flatMap(ChannelAssignment::channel);
    }
  }
}
