package dev.hotupdater.jdbc;

class MariaDbHttpTest extends JdbcHttpTests {
  MariaDbHttpTest() {
    super(TestServer.MARIADB);
  }
}
