package dev.hotupdater.database;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.release.AppId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What devices told an {@link InMemoryDatabase}. Safe for use by many threads. */
final class InMemoryDevices implements DeviceStore {
  private final Map<String, Recorded> events = new ConcurrentHashMap<>();
  private final Map<AssignmentKey, ChannelAssignment> assignments = new ConcurrentHashMap<>();

  private record Recorded(DeviceEvent event, Instant recordedAt) {}

  private record AssignmentKey(AppId app, DeviceKey key) {}

  @Override
  public void record(Collection<DeviceEvent> added, Instant recordedAt) {
    added.forEach(event -> events.putIfAbsent(event.id(), new Recorded(event, recordedAt)));
  }

  @Override
  public void assign(ChannelAssignment assignment) {
    assignments.put(new AssignmentKey(assignment.app(), assignment.key()), assignment);
  }

  @Override
  public Stream<DeviceFact> changesSince(Instant moment) {
    Stream<DeviceFact> failures =
        events.values().stream()
            .filter(each -> each.event().outcome() == DeviceOutcome.FAILED)
            .filter(each -> !each.recordedAt().isBefore(moment))
            .sorted(Comparator.comparing(Recorded::recordedAt))
            .map(Recorded::event)
            .map(InMemoryDevices::failure);
    return Stream.concat(
        failures,
        assignments.values().stream().filter(each -> !each.assignedAt().isBefore(moment)));
  }

  @Override
  public List<DeviceFact> factsOf(AppId app, Set<DeviceKey> keys) {
    Stream<DeviceFact> failures =
        events.values().stream()
            .map(Recorded::event)
            .filter(event -> event.outcome() == DeviceOutcome.FAILED && event.app().equals(app))
            .map(InMemoryDevices::failure)
            .filter(failure -> failure.isOf(keys));
    Stream<DeviceFact> assigned =
        keys.stream()
            .flatMap(key -> Stream.ofNullable(assignments.get(new AssignmentKey(app, key))));
    return Stream.concat(failures, assigned).toList();
  }

  private static DeviceFact failure(DeviceEvent event) {
    return new DeviceFact.Failure(event.app(), event.device(), event.version());
  }

  @Override
  public List<OutcomeCount> counts(AppId app) {
    Map<OutcomeCount, Long> counts =
        events.values().stream()
            .map(Recorded::event)
            .filter(event -> event.app().equals(app))
            .collect(groupingBy(InMemoryDevices::none, counting()));
    return counts.entrySet().stream()
        .map(
            entry ->
                new OutcomeCount(
                    entry.getKey().channel(),
                    entry.getKey().release(),
                    entry.getKey().version(),
                    entry.getKey().outcome(),
                    entry.getValue()))
        .toList();
  }

  private static OutcomeCount none(DeviceEvent event) {
    return new OutcomeCount(event.channel(), event.release(), event.version(), event.outcome(), 0);
  }

  @Override
  public int deleteBefore(Instant moment, Set<DeviceOutcome> outcomes, int limit) {
    List<String> deleted =
        events.entrySet().stream()
            .filter(entry -> entry.getValue().recordedAt().isBefore(moment))
            .filter(entry -> outcomes.contains(entry.getValue().event().outcome()))
            .limit(limit)
            .map(Map.Entry::getKey)
            .toList();
    deleted.forEach(events::remove);
    return deleted.size();
  }
}
