package dev.hotupdater.jdbc;

class PostgresDevicesTest extends JdbcDevicesTests {
  PostgresDevicesTest() {
    super(TestServer.POSTGRESQL);
  }
}
