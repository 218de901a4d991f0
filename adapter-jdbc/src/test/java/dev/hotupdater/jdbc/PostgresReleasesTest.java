package dev.hotupdater.jdbc;

class PostgresReleasesTest extends JdbcReleasesTests {
  PostgresReleasesTest() {
    super(TestServer.POSTGRESQL);
  }
}
