package dev.hotupdater.jdbc;

class MariaDbReleaseSchemaTest extends JdbcReleaseSchemaTests {
  MariaDbReleaseSchemaTest() {
    super(TestServer.MARIADB);
  }
}
