package dev.hotupdater.jdbc;

class PostgresHttpTest extends JdbcHttpTests {
  PostgresHttpTest() {
    super(TestServer.POSTGRESQL);
  }
}
