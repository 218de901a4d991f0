package dev.hotupdater.jdbc;

class SqliteDatabaseTest extends JdbcDatabaseTests {
  SqliteDatabaseTest() {
    super(TestServer.SQLITE);
  }
}
