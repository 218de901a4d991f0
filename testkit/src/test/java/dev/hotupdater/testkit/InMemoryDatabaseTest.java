package dev.hotupdater.testkit;

import dev.hotupdater.database.Database;
import dev.hotupdater.database.InMemoryDatabase;

class InMemoryDatabaseTest extends DatabaseContract {
  @Override
  protected Database createDatabase() {
    return InMemoryDatabase.create();
  }
}
