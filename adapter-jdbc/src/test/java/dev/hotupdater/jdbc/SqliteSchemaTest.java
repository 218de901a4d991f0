package dev.hotupdater.jdbc;

class SqliteSchemaTest extends JdbcSchemaTests {
  SqliteSchemaTest() {
    super(TestServer.SQLITE);
  }
}
