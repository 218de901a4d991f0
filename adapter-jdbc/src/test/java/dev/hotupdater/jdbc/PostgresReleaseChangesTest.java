package dev.hotupdater.jdbc;

class PostgresReleaseChangesTest extends JdbcReleaseChangesTests {
  PostgresReleaseChangesTest() {
    super(TestServer.POSTGRESQL);
  }
}
