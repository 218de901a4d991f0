package dev.hotupdater.jdbc;

class SqliteDevicesTest extends JdbcDevicesTests {
  SqliteDevicesTest() {
    super(TestServer.SQLITE);
  }
}
