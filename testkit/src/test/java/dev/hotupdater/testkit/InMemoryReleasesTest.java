package dev.hotupdater.testkit;

import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.ReleaseDatabase;

class InMemoryReleasesTest extends ReleaseDatabaseContract {
  @Override
  protected ReleaseDatabase createDatabase() {
    return InMemoryDatabase.create();
  }
}
