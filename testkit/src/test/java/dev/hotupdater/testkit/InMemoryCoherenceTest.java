package dev.hotupdater.testkit;

import dev.hotupdater.database.Database;
import dev.hotupdater.database.InMemoryDatabase;

class InMemoryCoherenceTest extends CoherenceContract {
  private Database database = InMemoryDatabase.create();

  @Override
  protected Database createDatabase() {
    database = InMemoryDatabase.create();
    return database;
  }

  @Override
  protected Database anotherDatabase() {
    return database;
  }
}
