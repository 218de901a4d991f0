package dev.hotupdater.jdbc;

class MariaDbDeviceSchemaTest extends JdbcDeviceSchemaTests {
  MariaDbDeviceSchemaTest() {
    super(TestServer.MARIADB);
  }
}
