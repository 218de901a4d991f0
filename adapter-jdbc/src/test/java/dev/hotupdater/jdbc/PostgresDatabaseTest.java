package dev.hotupdater.jdbc;

class PostgresDatabaseTest extends JdbcDatabaseTests {
  PostgresDatabaseTest() {
    super(TestServer.POSTGRESQL);
  }
}
