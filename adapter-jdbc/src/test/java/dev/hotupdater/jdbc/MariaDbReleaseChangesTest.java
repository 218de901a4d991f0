package dev.hotupdater.jdbc;

class MariaDbReleaseChangesTest extends JdbcReleaseChangesTests {
  MariaDbReleaseChangesTest() {
    super(TestServer.MARIADB);
  }
}
