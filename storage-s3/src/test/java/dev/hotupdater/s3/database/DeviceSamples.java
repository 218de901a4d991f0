package dev.hotupdater.s3.database;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Events and assignments for the tests. */
final class DeviceSamples {
  static final Instant TIME = Instant.parse("2026-03-13T12:00:00Z");
  static final AppId APP = AppId.of("com.example.app");
  static final String FOLDER = ".hotupdater/devices/facts/";

  private static final ReleaseId RELEASE = new ReleaseId(new UUID(7, 1).toString());

  private DeviceSamples() {}

  /**
   * All there is to know of the devices.
   *
   * @param changes the failures and assignments
   * @param counts how often each outcome was told of
   */
  record Known(Set<DeviceFact> changes, Set<OutcomeCount> counts) {}

  static DeviceEvent event(int device, DeviceOutcome outcome) {
    return new DeviceEvent(
        APP, "device-" + device, RELEASE, "1.0.0", "stable", "ios", outcome, "set", TIME);
  }

  static DeviceFact failure(int device) {
    return new DeviceFact.Failure(APP, "device-" + device, "1.0.0");
  }

  static ChannelAssignment assignment(int device, String channel, Instant at) {
    return new ChannelAssignment(
        APP, DeviceKey.device("device-" + device), Optional.of(channel), at);
  }

  static OutcomeCount count(DeviceOutcome outcome, long devices) {
    return new OutcomeCount("stable", RELEASE, "1.0.0", outcome, devices);
  }

  static DeviceStore devices(DeviceDatabase database) {
    return database.devices(RequestContext.none());
  }

  static Set<DeviceFact> changesSince(DeviceDatabase database, Instant moment) {
    try (Stream<DeviceFact> facts = devices(database).changesSince(moment)) {
      return facts.collect(Collectors.toSet());
    }
  }

  static Known known(DeviceDatabase database) {
    return new Known(
        changesSince(database, Instant.EPOCH), new HashSet<>(devices(database).counts(APP)));
  }

  /** The objects with facts. */
  static List<FactName> names(MetadataTestBucket bucket) {
    return bucket.keys().stream()
        .filter(key -> key.startsWith(FOLDER))
        .flatMap(key -> FactName.parse(key.substring(FOLDER.length())).stream())
        .toList();
  }

  static int factsKept(MetadataTestBucket bucket) {
    return names(bucket).stream().mapToInt(FactName::facts).sum();
  }
}
