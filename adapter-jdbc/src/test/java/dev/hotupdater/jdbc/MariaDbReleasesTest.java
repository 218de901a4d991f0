package dev.hotupdater.jdbc;

class MariaDbReleasesTest extends JdbcReleasesTests {
  MariaDbReleasesTest() {
    super(TestServer.MARIADB);
  }
}
