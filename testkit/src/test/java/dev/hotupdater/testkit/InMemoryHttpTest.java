package dev.hotupdater.testkit;

import dev.hotupdater.database.Database;
import dev.hotupdater.database.InMemoryDatabase;

class InMemoryHttpTest extends HotUpdaterHttpContract {
  @Override
  protected Database createDatabase() {
    return InMemoryDatabase.create();
  }
}
