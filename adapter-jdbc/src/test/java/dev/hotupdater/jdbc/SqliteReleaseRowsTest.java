package dev.hotupdater.jdbc;

class SqliteReleaseRowsTest extends JdbcReleaseRowsTests {
  SqliteReleaseRowsTest() {
    super(TestServer.SQLITE);
  }
}
