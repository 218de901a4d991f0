package dev.hotupdater.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** What devices tell in tests, and databases to keep it in. */
final class DeviceFixtures {
  static final AppId APP = AppId.of("com.example.app");
  static final Instant TIME = Instant.parse("2026-03-13T12:00:00.123Z");

  private DeviceFixtures() {}

  /** A shared pool of connections to a database with all tables and nothing told by devices. */
  static HikariDataSource emptied(TestServer server) throws Exception {
    HikariDataSource pool = server.emptied();
    JdbcSchema.of(pool).migrateDevices();
    Fixtures.execute(
        pool, "delete from hot_updater_device_events", "delete from hot_updater_device_channels");
    return pool;
  }

  static DeviceStore store(DataSource dataSource) {
    return store(JdbcDatabase.create(dataSource));
  }

  static DeviceStore store(JdbcDatabase database) {
    return database.devices(RequestContext.none());
  }

  static ReleaseId release(int number) {
    return ReleaseId.parse(new UUID(7, number).toString()).orElseThrow();
  }

  static DeviceEvent event(int device, DeviceOutcome outcome) {
    return event("device-" + device, outcome);
  }

  static DeviceEvent event(String device, DeviceOutcome outcome) {
    return new DeviceEvent(APP, device, release(1), "1.0.0", "stable", "ios", outcome, "set", TIME);
  }

  static ChannelAssignment assignment(String customId, String channel, Instant at) {
    return new ChannelAssignment(APP, DeviceKey.custom(customId), Optional.of(channel), at);
  }
}
