package dev.hotupdater.jdbc;

class PostgresDeviceSchemaTest extends JdbcDeviceSchemaTests {
  PostgresDeviceSchemaTest() {
    super(TestServer.POSTGRESQL);
  }
}
