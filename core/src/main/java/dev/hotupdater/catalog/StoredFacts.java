package dev.hotupdater.catalog;

import static java.util.stream.Collectors.toMap;

import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.release.AppId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the database knows of devices, read for one question: slow, and never behind. */
record StoredFacts(DeviceStore store) {
  boolean hasFailed(DeviceFact.Failure failure) {
    try (Stream<DeviceFact> facts = store.changesSince(Instant.EPOCH)) {
      return facts.anyMatch(failure::equals);
    }
  }

  /** The channel of the first of these keys that has one. */
  Optional<String> channel(AppId app, List<DeviceKey> keys) {
    Map<DeviceKey, ChannelAssignment> last = assignments(app, keys);
    return keys.stream()
        .flatMap(key -> Optional.ofNullable(last.get(key)).stream())
        .flatMap(assignment -> assignment.channel().stream())
        .findFirst();
  }

  private Map<DeviceKey, ChannelAssignment> assignments(AppId app, List<DeviceKey> keys) {
    try (Stream<DeviceFact> facts = store.changesSince(Instant.EPOCH)) {
      return facts
          .filter(ChannelAssignment.class::isInstance)
          .map(ChannelAssignment.class::cast)
          .filter(each -> each.app().equals(app) && keys.contains(each.key()))
          .collect(
              toMap(
                  ChannelAssignment::key,
                  Function.identity(),
                  BinaryOperator.maxBy(Comparator.comparing(ChannelAssignment::assignedAt))));
    }
  }
}
