package dev.hotupdater;

import static dev.hotupdater.fixture.DeviceFixture.APP;
import static dev.hotupdater.fixture.DeviceFixture.VERSION;
import static dev.hotupdater.fixture.DeviceFixture.failed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.catalog.DeviceIntake;
import dev.hotupdater.catalog.DeviceMemory;
import dev.hotupdater.catalog.DeviceSettings;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.fixture.CountingDatabase;
import dev.hotupdater.fixture.ObservedDeviceDatabase;
import org.junit.jupiter.api.Test;

class DevicesOfServerTest {
  private final ObservedDeviceDatabase database = ObservedDeviceDatabase.create();

  @Test
  void aServerThatNobodyAsksForDevices_neverReadsThem() {
    try (HotUpdater server = HotUpdater.builder().database(database).build()) {
      assertTrue(server.health().isHealthy());
    }

    assertEquals(0, database.reads());
  }

  @Test
  void whatDevicesTold_isThereForTheNextServer() {
    try (HotUpdater server = HotUpdater.builder().database(database).build()) {
      assertFalse(server.devices().hasFailed(APP, "device-1", VERSION));
      server.devices().record(failed(1));
      assertTrue(server.devices().hasFailed(APP, "device-1", VERSION));
      server.devices().flush();
    }
    try (HotUpdater server = HotUpdater.builder().database(database.other()).build()) {
      assertTrue(server.devices().hasFailed(APP, "device-1", VERSION));
      assertEquals(new DeviceIntake(0, 0, 0), server.devices().intake());
      assertEquals(new DeviceMemory(1, 0, true), server.devices().memory());
      assertTrue(server.health().catalogAge().isPresent());
    }
  }

  @Test
  void settings_ofTheBuilder_areUsed() {
    DeviceSettings settings = DeviceSettings.builder().maxFacts(1).build();
    try (HotUpdater server =
        HotUpdater.builder().database(InMemoryDatabase.create()).devices(settings).build()) {
      server.devices().record(failed(1));
      server.devices().record(failed(2));

      assertEquals(new DeviceMemory(1, 0, false), server.devices().memory());
    }
  }

  @Test
  void settings_forADatabaseThatRecordsNothingOfDevices_areRefused() {
    HotUpdaterBuilder builder =
        HotUpdater.builder().database(new CountingDatabase()).devices(DeviceSettings.defaults());

    ConfigurationException failure = assertThrows(ConfigurationException.class, builder::build);

    assertTrue(String.valueOf(failure.getMessage()).contains("devices"), failure.getMessage());
  }
}
