package dev.hotupdater.s3.database;

import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.release.AppId;
import dev.hotupdater.s3.database.RecordedFact.Given;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The channel that each device was given to last. For one thread. */
final class LatestChannels {
  private final Map<Owner, Given> latest = new LinkedHashMap<>();

  private record Owner(AppId app, DeviceKey key) {}

  void add(Given given) {
    latest.merge(
        new Owner(given.assignment().app(), given.assignment().key()),
        given,
        LatestChannels::later);
  }

  private static Given later(Given some, Given other) {
    return some.order().compareTo(other.order()) < 0 ? other : some;
  }

  Collection<Given> all() {
    return latest.values();
  }
}
