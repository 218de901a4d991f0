package dev.hotupdater.jdbc;

class SqliteReleaseSchemaTest extends JdbcReleaseSchemaTests {
  SqliteReleaseSchemaTest() {
    super(TestServer.SQLITE);
  }
}
