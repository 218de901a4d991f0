package dev.hotupdater.jdbc;

import dev.hotupdater.catalog.Freshness;

class PostgresStrictHttpTest extends JdbcHttpTests {
  PostgresStrictHttpTest() {
    super(TestServer.POSTGRESQL);
  }

  @Override
  protected Freshness freshness() {
    return Freshness.strict();
  }
}
