package dev.hotupdater.jdbc;

import java.util.Optional;

/**
 * The SQL of MySQL and MariaDB. Their text comparisons ignore letter case and trailing spaces, with
 * binary collations the latter still, so texts are compared as bytes.
 */
final class MySqlSyntax implements Syntax {
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

  @Override
  public String type(ColumnType type) {
    return type == ColumnType.ID ? "char(36)" : Syntax.super.type(type);
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
