package dev.hotupdater.jdbc;

import java.util.List;
import java.util.Optional;

/** The SQL of PostgreSQL. */
final class PostgresSyntax implements Syntax {
  /** What commits are announced on, to everybody who is connected to the same database. */
  static final String CHANNEL = "hot_updater_changes";

  @Override
  public String id() {
    return "cast(? as uuid)";
  }

  @Override
  public String json() {
    return "cast(? as json)";
  }

  @Override
  public Optional<String> lowerCaseId(String column) {
    return Optional.empty();
  }

  @Override
  public String orderedId() {
    return "id";
  }

  @Override
  public String orderedIdParameter() {
    return id();
  }

  @Override
  public String isTrue(String column) {
    return column;
  }

  @Override
  public Sql isBlank(String column) {
    return Sql.of("btrim(" + column + ", ?) = ''", WHITE_SPACE);
  }

  @Override
  public String hasValidId() {
    return "id is not null";
  }

  /**
   * Made from the contents, because the versions of rows begin to repeat themselves when a server
   * is set back to an earlier point in time.
   */
  @Override
  public Optional<String> fingerprintQuery(String table, List<String> columns) {
    return Optional.of(
        "select concat(count(*), ':', sum(hashtextextended(cast(r as text), 0))) from "
            + table
            + " r");
  }

  @Override
  public Optional<String> announcement() {
    return Optional.of("select pg_notify('" + CHANNEL + "', '')");
  }

  @Override
  public Optional<String> textDefault(ColumnType type, String text) {
    return Optional.of("'" + text + "'" + (type == ColumnType.JSON ? "::json" : ""));
  }

  @Override
  public String countQuery(SchemaStep.Kind kind) {
    return switch (kind) {
      // to_regclass finds a table where statements find it: along the search path.
      case TABLE ->
          "select count(*) from pg_class where oid = to_regclass(cast(? as text)) and relname = ?";
      case COLUMN ->
          "select count(*) from pg_attribute where attrelid = to_regclass(cast(? as text))"
              + " and attname = ? and not attisdropped";
      case INDEX ->
          "select count(*) from pg_index join pg_class on pg_class.oid = indexrelid"
              + " where indrelid = to_regclass(cast(? as text)) and relname = ?";
      case CONSTRAINT ->
          "select count(*) from pg_constraint where conrelid = to_regclass(cast(? as text))"
              + " and conname = ?";
    };
  }
}
