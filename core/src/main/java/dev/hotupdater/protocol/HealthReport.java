package dev.hotupdater.protocol;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a server and what it depends on are doing.
 *
 * @param database whether the database can be used
 * @param storages for each storage, by its scheme and buckets, whether it can be used
 * @param catalogAge how long ago the state that decisions are made from was known to equal the
 *     database; absent if there is no such state yet, or decisions are not made from memory
 */
public record HealthReport(
    boolean database, Map<String, Boolean> storages, Optional<Duration> catalogAge) {
  /** Copies the map. */
  public HealthReport {
    storages = Map.copyOf(storages);
  }

  /** Whether everything can be used. */
  public boolean isHealthy() {
    return database && !storages.containsValue(false);
  }
}
