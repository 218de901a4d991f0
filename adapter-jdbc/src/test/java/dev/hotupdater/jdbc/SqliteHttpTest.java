package dev.hotupdater.jdbc;

class SqliteHttpTest extends JdbcHttpTests {
  SqliteHttpTest() {
    super(TestServer.SQLITE);
  }
}
