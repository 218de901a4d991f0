package dev.hotupdater.testkit;

import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.InMemoryDatabase;

class InMemoryStrictHttpTest extends HotUpdaterHttpContract {
  @Override
  protected Database createDatabase() {
    return InMemoryDatabase.create();
  }

  @Override
  protected Freshness freshness() {
    return Freshness.strict();
  }
}
