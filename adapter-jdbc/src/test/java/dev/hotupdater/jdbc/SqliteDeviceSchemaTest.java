package dev.hotupdater.jdbc;

class SqliteDeviceSchemaTest extends JdbcDeviceSchemaTests {
  SqliteDeviceSchemaTest() {
    super(TestServer.SQLITE);
  }
}
