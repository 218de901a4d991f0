package dev.hotupdater.jdbc;

class PostgresOddRowsTest extends OddRowsTests {
  PostgresOddRowsTest() {
    super(TestServer.POSTGRESQL);
  }
}
