package dev.hotupdater.jdbc;

class SqliteReleaseChangesTest extends JdbcReleaseChangesTests {
  SqliteReleaseChangesTest() {
    super(TestServer.SQLITE);
  }
}
