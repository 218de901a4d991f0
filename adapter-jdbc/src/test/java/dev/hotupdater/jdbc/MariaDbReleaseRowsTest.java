package dev.hotupdater.jdbc;

class MariaDbReleaseRowsTest extends JdbcReleaseRowsTests {
  MariaDbReleaseRowsTest() {
    super(TestServer.MARIADB);
  }
}
