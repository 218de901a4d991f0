package dev.hotupdater.jdbc;

import java.util.Optional;

/** The SQL of SQLite. */
final class SqliteSyntax implements Syntax {
  private static final String HEX = "[0-9a-f]";

  @Override
  public String orderedId() {
    return "lower(id)";
  }

  @Override
  public String orderedIdParameter() {
    return "?";
  }

  @Override
  public String isTrue(String column) {
    return "cast(" + column + " as integer) <> 0";
  }

  @Override
  public Sql isBlank(String column) {
    return Sql.of("trim(" + column + ", ?) = ''", WHITE_SPACE);
  }

  @Override
  public String hasValidId() {
    String four = "-" + HEX.repeat(4);
    return "lower(id) glob '" + HEX.repeat(8) + four.repeat(3) + "-" + HEX.repeat(12) + "'";
  }

  @Override
  public String forUpdate() {
    return "";
  }

  @Override
  public String type(ColumnType type) {
    return switch (type) {
      case ID, KEY, TEXT, NAME, HASH, DOCUMENT, JSON -> "text";
      case BOOLEAN, INTEGER, LONG -> "integer";
    };
  }

  @Override
  public Optional<String> textDefault(ColumnType type, String text) {
    return Optional.of("'" + text + "'");
  }

  @Override
  public String countQuery(SchemaStep.Kind kind) {
    return switch (kind) {
      case TABLE ->
          "select count(*) from sqlite_master where type = 'table' and tbl_name = ? and name = ?";
      case COLUMN -> "select count(*) from pragma_table_info(?) where name = ?";
      case INDEX ->
          "select count(*) from sqlite_master where type = 'index' and tbl_name = ? and name = ?";
      case CONSTRAINT -> throw new IllegalStateException("constraints are not added in SQLite");
    };
  }

  @Override
  public boolean addsConstraints() {
    return false;
  }
}
