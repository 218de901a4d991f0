package dev.hotupdater;

import dev.hotupdater.catalog.DeviceCatalog;
import dev.hotupdater.catalog.DeviceSettings;
import dev.hotupdater.catalog.Devices;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.DeviceDatabase;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the devices of a server told. A server that has no use for it never reads it: its catalogue
 * is started when somebody asks for it first, which its routes do when they are mounted. Safe for
 * use by many threads.
 */
final class DeviceAccess implements AutoCloseable {
  private final Database database;
  private final Freshness freshness;
  private final DeviceSettings settings;
  private final Object starting = new Object();
  private volatile @Nullable DeviceCatalog catalog;

  DeviceAccess(Database database, Freshness freshness, DeviceSettings settings) {
    this.database = database;
    this.freshness = freshness;
    this.settings = settings;
  }

  /**
   * What the devices of a request told.
   *
   * @throws IllegalArgumentException if the database records nothing of devices
   */
  Devices of(RequestContext context) {
    if (!(database instanceof DeviceDatabase devices)) {
      throw new IllegalArgumentException(
          "The database records nothing of devices. Use one that implements DeviceDatabase, or do"
              + " not mount the routes that need it.");
    }
    return Devices.of(started(devices), context);
  }

  private DeviceCatalog started(DeviceDatabase devices) {
    DeviceCatalog known = catalog;
    if (known != null) {
      return known;
    }
    synchronized (starting) {
      DeviceCatalog current = catalog;
      if (current == null) {
        current = DeviceCatalog.start(devices, freshness, settings);
        catalog = current;
      }
      return current;
    }
  }

  /** Loads what decisions need, if somebody has a use for it. */
  void warmUp() {
    DeviceCatalog current = catalog;
    if (current != null) {
      current.warmUp();
    }
  }

  /** How long ago what is in memory was known to equal the database; absent if nothing is. */
  Optional<Duration> age() {
    DeviceCatalog current = catalog;
    return current == null ? Optional.empty() : current.age();
  }

  @Override
  public void close() {
    DeviceCatalog current = catalog;
    if (current != null) {
      current.close();
    }
  }
}
