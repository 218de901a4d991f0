package dev.hotupdater.jdbc;

class MariaDbDatabaseTest extends JdbcDatabaseTests {
  MariaDbDatabaseTest() {
    super(TestServer.MARIADB);
  }
}
