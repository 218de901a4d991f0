package dev.hotupdater.jdbc;

class MariaDbCoherenceTest extends JdbcCoherenceTests {
  MariaDbCoherenceTest() {
    super(TestServer.MARIADB);
  }
}
