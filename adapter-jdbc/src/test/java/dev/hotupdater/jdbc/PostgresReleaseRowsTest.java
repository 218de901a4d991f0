package dev.hotupdater.jdbc;

class PostgresReleaseRowsTest extends JdbcReleaseRowsTests {
  PostgresReleaseRowsTest() {
    super(TestServer.POSTGRESQL);
  }
}
