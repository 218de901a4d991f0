package dev.hotupdater.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The SQL of MySQL and MariaDB. Their text comparisons ignore letter case and trailing spaces, with
 * binary collations the latter still, so texts are compared as bytes.
 */
final class MySqlSyntax implements Syntax {
  /** More than all hashes of 64 bits come to, and a number that is not rounded. */
  private static final String TOO_LONG = "1" + "0".repeat(35);

  /** Whatever the character set of the database is. */
  private static final String EXACT = " character set utf8mb4 collate utf8mb4_bin";

  @Override
  public String keyColumn() {
    return "`key`";
  }

  @Override
  public String orderedId() {
    return "cast(lower(id) as binary)";
  }

  @Override
  public String orderedIdParameter() {
    return "cast(? as binary)";
  }

  @Override
  public String exact(String expression) {
    return "cast(convert(" + expression + " using utf8mb4) as binary)";
  }

  @Override
  public String isTrue(String column) {
    return column + " <> 0";
  }

  @Override
  public Sql isBlank(String column) {
    return Sql.of(column + " not regexp ?", "[^" + WHITE_SPACE + "]");
  }

  @Override
  public String hasValidId() {
    return "lower(id) regexp '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'";
  }

  /**
   * Not {@code checksum table}, which does not see where one column ends and the next begins. A row
   * that is too long to be hashed makes the sum so large that it shows.
   */
  @Override
  public Optional<String> fingerprintQuery(String table, List<String> columns) {
    String lengths =
        columns.stream()
            .map(column -> "coalesce(length(" + column + "), 'null')")
            .collect(Collectors.joining(", "));
    String row = "concat_ws(',', " + lengths + ", " + String.join(", ", columns) + ")";
    String hash = "cast(conv(left(sha2(" + row + ", 256), 16), 16, 10) as unsigned)";
    String sums =
        "select count(*) as n, coalesce(sum(coalesce("
            + hash
            + ", "
            + TOO_LONG
            + ")), 0) as s from "
            + table;
    return Optional.of("select concat(n, ':', s) from (" + sums + ") r where s < " + TOO_LONG);
  }

  /** Not {@code insert ignore}, which stores what does not fit in a form that does. */
  @Override
  public String keepExisting(String key) {
    return " on duplicate key update " + key + " = " + key;
  }

  @Override
  public String replaceExisting(String key, List<String> columns) {
    return columns.stream()
        .map(column -> column + " = values(" + column + ")")
        .collect(Collectors.joining(", ", " on duplicate key update ", ""));
  }

  @Override
  public String type(ColumnType type) {
    return switch (type) {
      case ID -> "char(36)";
      case NAME, HASH -> Syntax.super.type(type) + EXACT;
      // A text ends at 64 KB.
      case DOCUMENT -> "longtext" + EXACT;
      default -> Syntax.super.type(type);
    };
  }

  @Override
  public Optional<String> textDefault(ColumnType type, String text) {
    return Optional.empty();
  }

  @Override
  public String indexed(String column, ColumnType type) {
    return type == ColumnType.TEXT ? column + "(255)" : column;
  }

  @Override
  public String countQuery(SchemaStep.Kind kind) {
    return switch (kind) {
      case TABLE ->
          "select count(*) from information_schema.tables where table_schema = database()"
              + " and table_name = ? and table_name = ?";
      case COLUMN ->
          "select count(*) from information_schema.columns where table_schema = database()"
              + " and table_name = ? and column_name = ?";
      case INDEX ->
          "select count(*) from information_schema.statistics where table_schema = database()"
              + " and table_name = ? and index_name = ?";
      case CONSTRAINT ->
          "select count(*) from information_schema.table_constraints"
              + " where constraint_schema = database() and table_name = ? and constraint_name = ?";
    };
  }
}
