package dev.hotupdater.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** What a database says about its tables, as lines that are equal if the tables are. */
final class Catalogue {
  private static final List<String> POSTGRESQL =
      List.of(
          "select 'column', table_name, ordinal_position, column_name, data_type,"
              + " character_maximum_length, is_nullable, column_default"
              + " from information_schema.columns where table_schema = current_schema()"
              + " order by table_name, ordinal_position",
          "select 'index', tablename, indexname, replace(indexdef, current_schema() || '.', '')"
              + " from pg_indexes where schemaname = current_schema() order by indexname",
          // PostgreSQL 18 records what is not null as constraints as well.
          "select 'constraint', cast(conrelid as regclass), conname, pg_get_constraintdef(oid)"
              + " from pg_constraint where connamespace = current_schema()::regnamespace"
              + " and contype <> 'n' order by conname");

  private static final List<String> MYSQL =
      List.of(
          "select 'column', table_name, ordinal_position, column_name, column_type, is_nullable,"
              + " column_default, extra, collation_name"
              + " from information_schema.columns where table_schema = database()"
              + " order by table_name, ordinal_position",
          "select 'index', table_name, index_name, seq_in_index, column_name, sub_part, non_unique"
              + " from information_schema.statistics where table_schema = database()"
              + " order by table_name, index_name, seq_in_index",
          "select 'constraint', table_name, constraint_name, constraint_type"
              + " from information_schema.table_constraints where constraint_schema = database()"
              + " order by table_name, constraint_name",
          "select 'check', table_name, constraint_name, check_clause"
              + " from information_schema.check_constraints where constraint_schema = database()"
              + " order by table_name, constraint_name",
          "select 'reference', table_name, constraint_name, referenced_table_name, update_rule,"
              + " delete_rule from information_schema.referential_constraints"
              + " where constraint_schema = database() order by constraint_name",
          "select 'key', table_name, constraint_name, column_name, referenced_column_name"
              + " from information_schema.key_column_usage where constraint_schema = database()"
              + " order by table_name, constraint_name");

  private static final List<String> SQLITE =
      List.of("select type, name, sql from sqlite_master order by type, name");

  private Catalogue() {}

  static List<String> of(DataSource dataSource, Dialect dialect) throws SQLException {
    List<String> queries =
        switch (dialect) {
          case POSTGRESQL -> POSTGRESQL;
          case MYSQL -> MYSQL;
          case SQLITE -> SQLITE;
        };
    List<String> lines = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (String query : queries) {
        try (ResultSet rows = statement.executeQuery(query)) {
          while (rows.next()) {
            lines.add(line(rows, dialect));
          }
        }
      }
    }
    return lines;
  }

  private static String line(ResultSet row, Dialect dialect) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      values.add(String.valueOf(row.getString(i)));
    }
    String line = String.join(" | ", values);
    return dialect == Dialect.SQLITE ? withoutLayout(line) : line;
  }

  /** SQLite remembers statements, not what they mean. */
  private static String withoutLayout(String sql) {
    return sql.toLowerCase(Locale.ROOT)
        .replace("\"", "")
        .replaceAll("\\s+", " ")
        .replaceAll(" ?([(),]) ?", "$1");
  }
}
