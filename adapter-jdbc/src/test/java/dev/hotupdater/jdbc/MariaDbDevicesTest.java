package dev.hotupdater.jdbc;

class MariaDbDevicesTest extends JdbcDevicesTests {
  MariaDbDevicesTest() {
    super(TestServer.MARIADB);
  }
}
