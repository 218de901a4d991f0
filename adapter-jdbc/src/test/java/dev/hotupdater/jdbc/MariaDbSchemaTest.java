package dev.hotupdater.jdbc;

class MariaDbSchemaTest extends JdbcSchemaTests {
  MariaDbSchemaTest() {
    super(TestServer.MARIADB);
  }
}
