package dev.hotupdater.jdbc;

class MariaDbOddRowsTest extends LooselyTypedOddRowsTests {
  MariaDbOddRowsTest() {
    super(TestServer.MARIADB);
  }
}
