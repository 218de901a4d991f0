package dev.hotupdater.testkit;

import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.database.InMemoryDatabase;

class InMemoryDevicesTest extends DeviceDatabaseContract {
  @Override
  protected DeviceDatabase createDatabase() {
    return InMemoryDatabase.create();
  }
}
