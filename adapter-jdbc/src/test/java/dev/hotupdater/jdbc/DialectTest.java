package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialectTest {
  @ParameterizedTest
  @CsvSource({
    "postgresql, POSTGRESQL",
    "PostgreSQL, POSTGRESQL",
    "postgres, POSTGRESQL",
    "mysql, MYSQL",
    "MariaDB, MYSQL",
    "SQLite, SQLITE"
  })
  void parse_ofKnownName_isItsDialect(String name, Dialect dialect) {
    assertEquals(Optional.of(dialect), Dialect.parse(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "oracle", "postgresql "})
  void parse_ofUnknownName_isEmpty(String name) {
    assertEquals(Optional.empty(), Dialect.parse(name));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void parse_ofItsOwnText_isTheDialect(Dialect dialect) {
    assertEquals(Optional.of(dialect), Dialect.parse(dialect.toString()));
  }

  @Test
  void whiteSpace_isWhatBundlesTakeForBlank() {
    String blank =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(Character::isWhitespace)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    assertEquals(blank, Syntax.WHITE_SPACE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.31.0", "0.20.0", "", "latest"})
  void generate_fromVersionWithoutMigration_namesThoseWithOne(String version) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> JdbcSchema.generate(Dialect.SQLITE, version));

    assertTrue(String.valueOf(e.getMessage()).contains("0.21.0, 0.29.0"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0009S", "P2D"})
  void statementTimeout_outOfRange_isRefused(Duration timeout) throws Exception {
    JdbcDatabase.Builder builder = JdbcDatabase.builder(TestServer.SQLITE.unpooled());

    assertThrows(IllegalArgumentException.class, () -> builder.statementTimeout(timeout));
  }
}
