package dev.hotupdater.jdbc;

class PostgresCoherenceTest extends JdbcCoherenceTests {
  PostgresCoherenceTest() {
    super(TestServer.POSTGRESQL);
  }
}
