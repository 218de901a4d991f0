package dev.hotupdater.jdbc;

import dev.hotupdater.database.SchemaException;
import dev.hotupdater.jdbc.SchemaStep.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tables that are ours alone, in their first version. It is recorded in a table of their own, so
 * that neither the Node server nor its migrations take notice of them.
 */
abstract class OwnTables implements SchemaPart {
  static final String VERSION = "1";

  private final Settings settings;
  private final String subject;
  private final String commands;

  /**
   * Creates them.
   *
   * @param settings where the version is recorded
   * @param subject what they are about, such as {@code releases}: the option of the command line
   * @param method the method of {@link JdbcSchema} that creates them
   */
  OwnTables(Settings settings, String subject, String method) {
    this.settings = settings;
    this.subject = subject;
    commands =
        "`java -jar hotupdater-cli.jar db migrate --"
            + subject
            + " --url <jdbc-url>` or, in code, `JdbcSchema.of(dataSource)."
            + method
            + "()`.";
  }

  /** The names of the columns of each table except the settings. */
  abstract Map<String, List<String>> contents();

  /** What creates each table except the settings. */
  abstract List<SchemaStep> steps(Syntax syntax);

  @Override
  public final Settings settings() {
    return settings;
  }

  @Override
  public final Map<String, List<String>> columns() {
    Map<String, List<String>> all =
        contents().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    all.put(settings.table(), List.of("key", "value"));
    return all;
  }

  @Override
  public final String probe() {
    return "select count(*) from " + String.join(", ", contents().keySet()) + " where 1 = 0";
  }

  @Override
  public final SchemaStatus status(Optional<String> version) {
    SchemaStatus.State state =
        version.isEmpty()
            ? SchemaStatus.State.MISSING
            : version.get().equals(VERSION)
                ? SchemaStatus.State.CURRENT
                : SchemaStatus.State.TOO_NEW;
    return new SchemaStatus(state, version);
  }

  @Override
  public final SchemaException exception(SchemaStatus status) {
    String message =
        switch (status.state()) {
          case MISSING ->
              "The database has no tables for " + subject + ". Create them with " + commands;
          case CURRENT ->
              "The database records the tables of "
                  + subject
                  + ", version "
                  + VERSION
                  + ", but a table or a column of them is missing. Restore it from a backup.";
          case OLD, TOO_NEW ->
              "The database has version "
                  + status.version().orElse("")
                  + " of the tables of "
                  + subject
                  + ", which this version of the library does not know; it works with "
                  + VERSION
                  + ". Use a newer version of the library.";
        };
    return new SchemaException(message);
  }

  @Override
  public final SchemaScript create(Dialect dialect) {
    Syntax syntax = dialect.syntax();
    String name = " " + syntax.type(ColumnType.NAME);
    List<SchemaStep> steps = new ArrayList<>(steps(syntax));
    steps.add(
        table(
            settings.table(),
            syntax.keyColumn() + name + " primary key not null",
            "value" + name + " not null"));
    return new SchemaScript(steps, recordVersion(syntax));
  }

  static SchemaStep table(String table, String... lines) {
    String sql = "create table " + table + " (\n  " + String.join(",\n  ", lines) + "\n)";
    return new SchemaStep(sql, Kind.TABLE, table, table);
  }

  static SchemaStep index(String name, String table, String columns) {
    String sql = "create index " + name + " on " + table + " (" + columns + ")";
    return new SchemaStep(sql, Kind.INDEX, table, name);
  }

  private String recordVersion(Syntax syntax) {
    return "insert into "
        + settings.table()
        + " ("
        + syntax.keyColumn()
        + ", value) values ('"
        + Settings.VERSION
        + "', '"
        + VERSION
        + "')";
  }

  /** There is no older version yet. */
  @Override
  public final SchemaScript upgrade(Dialect dialect, SchemaStatus status) {
    throw exception(status);
  }

  @Override
  public final String adviceOnOldTables() {
    return "";
  }
}
