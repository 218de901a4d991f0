package dev.hotupdater.jdbc;

class PostgresSchemaTest extends JdbcSchemaTests {
  PostgresSchemaTest() {
    super(TestServer.POSTGRESQL);
  }
}
