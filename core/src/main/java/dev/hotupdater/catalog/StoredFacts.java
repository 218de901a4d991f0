package dev.hotupdater.catalog;

import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.release.AppId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the database knows of a device, read for one question: slow, and never behind. */
record StoredFacts(DeviceStore store) {
  boolean hasFailed(DeviceFact.Failure failure) {
    return store
        .factsOf(failure.app(), Set.of(DeviceKey.device(failure.device())))
        .contains(failure);
  }

  /** The channel that the first of these keys was given to that was given to any. */
  Optional<String> channel(AppId app, List<DeviceKey> keys) {
    List<ChannelAssignment> assignments =
        store.factsOf(app, Set.copyOf(keys)).stream()
            .filter(ChannelAssignment.class::isInstance)
            .map(ChannelAssignment.class::cast)
            .toList();
    return keys.stream().flatMap(key -> channel(assignments, key).stream()).findFirst();
  }

  private static Optional<String> channel(List<ChannelAssignment> assignments, DeviceKey key) {
    return assignments.stream()
        .filter(each -> each.key().equals(key))
        .max(Comparator.comparing(ChannelAssignment::assignedAt))
        .flatMap(ChannelAssignment::channel);
  }
}
