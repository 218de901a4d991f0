package dev.hotupdater.jdbc;

class PostgresReleaseSchemaTest extends JdbcReleaseSchemaTests {
  PostgresReleaseSchemaTest() {
    super(TestServer.POSTGRESQL);
  }
}
