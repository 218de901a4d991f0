package dev.hotupdater.jdbc;

class SqliteReleasesTest extends JdbcReleasesTests {
  SqliteReleasesTest() {
    super(TestServer.SQLITE);
  }
}
