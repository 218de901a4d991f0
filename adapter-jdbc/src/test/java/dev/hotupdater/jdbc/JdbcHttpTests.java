package dev.hotupdater.jdbc;

import dev.hotupdater.database.Database;
import dev.hotupdater.testkit.HotUpdaterHttpContract;

/** The routes over a database in tables. */
abstract class JdbcHttpTests extends HotUpdaterHttpContract {
  private final TestServer server;

  JdbcHttpTests(TestServer server) {
    this.server = server;
  }

  @Override
  protected Database createDatabase() throws Exception {
    return JdbcDatabase.create(server.emptied());
  }
}
