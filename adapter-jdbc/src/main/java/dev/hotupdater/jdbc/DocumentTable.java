package dev.hotupdater.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppJson;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseJson;
import dev.hotupdater.release.Slug;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * A table with one record in each row: a document, and beside it those of its values that the
 * database must know to find it and to see that no two have the same. A row whose document makes no
 * sense, or says something else than the columns, is skipped.
 */
final class DocumentTable<T> {
  private final String name;
  private final List<Column<T>> columns;
  private final Function<T, JsonNode> writer;
  private final Function<JsonNode, T> reader;
  private final UnreadableRows unreadable;

  /** A column beside the document; the first one is the id. */
  private record Column<T>(String name, Function<T, Optional<String>> value) {
    static <T> Column<T> of(String name, Function<T, Object> value) {
      return new Column<>(name, row -> Optional.of(value.apply(row).toString()));
    }
  }

  /** A row; its record is absent if the row makes no sense. */
  private record Row<T>(String id, Optional<T> record) {}

  /** What was read, and the ids of the rows that were skipped. */
  record Content<T>(List<T> records, List<String> unreadable) {}

  private DocumentTable(
      String name,
      List<Column<T>> columns,
      Function<T, JsonNode> writer,
      Function<JsonNode, T> reader) {
    this.name = name;
    this.columns = columns;
    this.writer = writer;
    this.reader = reader;
    unreadable = new UnreadableRows(name);
  }

  static DocumentTable<App> apps() {
    return new DocumentTable<>(
        ReleaseSchema.APPS,
        List.of(
            Column.of("id", App::id), new Column<>("slug", app -> app.slug().map(Slug::toString))),
        AppJson::write,
        AppJson::read);
  }

  static DocumentTable<Release> releases() {
    return new DocumentTable<>(
        ReleaseSchema.RELEASES,
        List.of(
            Column.of("id", Release::id),
            Column.of("app_id", Release::appId),
            Column.of("channel", Release::channel),
            Column.of("version", Release::version)),
        ReleaseJson::write,
        ReleaseJson::read);
  }

  /** All records. */
  Content<T> all(Session session) {
    return read(session, Sql.of(select()));
  }

  /**
   * The record with this id.
   *
   * @throws DatabaseException if there is a row with this id, and it makes no sense
   */
  Optional<T> find(Session session, Object id) {
    Content<T> found = findAll(session, Set.of(id));
    requireReadable(found, Set.of(id.toString()));
    return found.records().stream().findFirst();
  }

  /** Those records that there are with one of these ids. */
  Content<T> findAll(Session session, Collection<?> ids) {
    return find(session, ids, "");
  }

  /** The same, locked against change until the end of the transaction. */
  Content<T> lock(Session session, Collection<?> ids) {
    return find(session, ids, session.syntax().forUpdate());
  }

  /**
   * Checks that of what was found, nothing with one of these ids makes no sense.
   *
   * @throws DatabaseException if something does not
   */
  void requireReadable(Content<T> found, Set<String> ids) {
    for (String skipped : found.unreadable()) {
      // To MySQL an id is the same with spaces behind it.
      if (ids.contains(skipped.stripTrailing())) {
        throw unreadable.exception(skipped);
      }
    }
  }

  private Content<T> find(Session session, Collection<?> ids, String ending) {
    List<T> records = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (List<String> chunk : Chunks.of(texts(ids))) {
      Sql sql = Sql.of(select() + " where ").append(Sql.in("id", "?", chunk));
      Content<T> found = read(session, sql.append(" order by id" + ending));
      records.addAll(found.records());
      skipped.addAll(found.unreadable());
    }
    return new Content<>(records, skipped);
  }

  private static Collection<String> texts(Collection<?> ids) {
    return new TreeSet<>(ids.stream().map(Object::toString).toList());
  }

  private String select() {
    return "select " + columnNames() + " from " + name;
  }

  private String columnNames() {
    return String.join(", ", columns.stream().map(Column::name).toList()) + ", document";
  }

  private Content<T> read(Session session, Sql sql) {
    List<Row<T>> rows = session.query(sql).map((row, context) -> read(row)).list();
    return new Content<>(
        rows.stream().flatMap(row -> row.record().stream()).toList(),
        rows.stream().filter(row -> row.record().isEmpty()).map(Row::id).toList());
  }

  private Row<T> read(ResultSet row) throws SQLException {
    List<Optional<String>> stored = new ArrayList<>();
    for (Column<T> column : columns) {
      stored.add(Optional.ofNullable(row.getString(column.name())));
    }
    Optional<JsonNode> document =
        Optional.ofNullable(row.getString("document")).flatMap(JsonColumn::parse);
    String id = stored.get(0).orElse("");
    return new Row<>(id, record(id, stored, document));
  }

  private Optional<T> record(
      String id, List<Optional<String>> stored, Optional<JsonNode> document) {
    if (document.isEmpty()) {
      unreadable.skipped(id, "its document is not JSON");
      return Optional.empty();
    }
    try {
      T read = reader.apply(document.get());
      if (values(read).equals(stored)) {
        return Optional.of(read);
      }
      unreadable.skipped(id, "its columns say something else than its document");
    } catch (InvalidReleaseException e) {
      unreadable.skipped(id, "the field '" + e.field() + "' of its document is wrong or missing");
    }
    return Optional.empty();
  }

  private List<Optional<String>> values(T row) {
    return columns.stream().map(column -> column.value().apply(row)).toList();
  }

  /**
   * Makes sure that of these ids, there are exactly these records. All old rows go before the first
   * new one comes, so that records can hand names on to each other.
   */
  void replace(Session session, Collection<?> ids, Collection<T> records) {
    for (List<String> chunk : Chunks.of(texts(ids))) {
      session.update(Sql.of("delete from " + name + " where ").append(Sql.in("id", "?", chunk)));
    }
    if (!records.isEmpty()) {
      insert(session, records);
    }
  }

  private void insert(Session session, Collection<T> records) {
    String parameters = String.join(", ", Collections.nCopies(columns.size() + 1, "?"));
    String sql = "insert into " + name + " (" + columnNames() + ") values (" + parameters + ")";
    try (PreparedBatch batch = session.handle().prepareBatch(sql)) {
      for (T each : records) {
        int i = 0;
        for (Optional<String> value : values(each)) {
          batch.bind(i++, value.orElse(null));
        }
        batch.bind(i, writer.apply(each).toString()).add();
      }
      batch.execute();
    }
  }
}
