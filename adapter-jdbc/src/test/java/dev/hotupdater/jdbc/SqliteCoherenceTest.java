package dev.hotupdater.jdbc;

class SqliteCoherenceTest extends JdbcCoherenceTests {
  SqliteCoherenceTest() {
    super(TestServer.SQLITE);
  }
}
