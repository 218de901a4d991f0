package dev.hotupdater.jdbc;

class PostgresChangesTest extends JdbcChangesTests {
  PostgresChangesTest() {
    super(TestServer.POSTGRESQL);
  }
}
