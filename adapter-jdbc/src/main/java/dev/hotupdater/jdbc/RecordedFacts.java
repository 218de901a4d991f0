package dev.hotupdater.jdbc;

import dev.hotupdater.device.DeviceFact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The facts in a table, in the order in which they were recorded. They are read a page at a time,
 * each with a connection of its own, so that a caller who takes long keeps no connection, no
 * transaction and, in SQLite, no writer waiting.
 *
 * @param table the table; its key is {@code id}
 * @param time the column with the time of recording
 * @param columns what the reader needs besides
 * @param condition which rows are facts
 * @param reader reads a fact; empty if the row makes no sense
 */
record RecordedFacts(
    String table, String time, List<String> columns, Sql condition, Reader reader) {
  private static final int PAGE_SIZE = 1_000;

  /** Makes a fact of a row. */
  interface Reader {
    Optional<DeviceFact> read(ResultSet row) throws SQLException;
  }

  private record Row(long time, String id, Optional<DeviceFact> fact) {}

  /** Those that were recorded at this time or later. Reads the first page at once. */
  Stream<DeviceFact> since(Transactor transactor, long millis) {
    // Every id comes after the empty text.
    Row start = new Row(millis, "", Optional.empty());
    return Stream.iterate(
            page(transactor, start), page -> !page.isEmpty(), page -> next(transactor, page))
        .flatMap(List::stream)
        .flatMap(row -> row.fact().stream());
  }

  /** Those in rows that satisfy this as well: a few, which are read at once. */
  List<DeviceFact> where(Session session, Sql which) {
    return rows(session, select().and(which)).stream().flatMap(row -> row.fact().stream()).toList();
  }

  private List<Row> next(Transactor transactor, List<Row> page) {
    return page.size() < PAGE_SIZE ? List.of() : page(transactor, page.get(page.size() - 1));
  }

  private List<Row> page(Transactor transactor, Row last) {
    Sql sql =
        select()
            .and(Sql.of(time + " >= ?", last.time()))
            .and(Sql.of("(" + time + " > ? or id > ?)", last.time(), last.id()))
            .append(" order by " + time + ", id limit " + PAGE_SIZE);
    return transactor.query(session -> rows(session, sql));
  }

  private Sql select() {
    return Sql.of(
            "select "
                + String.join(", ", List.of(time, "id", String.join(", ", columns)))
                + " from "
                + table
                + " where ")
        .append(condition);
  }

  private List<Row> rows(Session session, Sql sql) {
    return session
        .query(sql)
        .map((row, context) -> new Row(row.getLong(time), row.getString("id"), reader.read(row)))
        .list();
  }
}
