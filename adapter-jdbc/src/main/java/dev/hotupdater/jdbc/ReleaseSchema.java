package dev.hotupdater.jdbc;

import dev.hotupdater.database.SchemaException;
import dev.hotupdater.jdbc.SchemaStep.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of apps and releases. They are ours alone: their version is recorded in a table of
 * their own, so that neither the Node server nor its migrations take notice of them.
 */
final class ReleaseSchema implements SchemaPart {
  static final String VERSION = "1";
  static final String APPS = "hot_updater_apps";
  static final String RELEASES = "hot_updater_releases";
  static final String COMMITS = "hot_updater_release_commits";

  private static final String COMMANDS =
      "`java -jar hotupdater-cli.jar db migrate --releases --url <jdbc-url>` or, in code,"
          + " `JdbcSchema.of(dataSource).migrateReleases()`.";

  @Override
  public Settings settings() {
    return Settings.OF_RELEASES;
  }

  @Override
  public Map<String, List<String>> columns() {
    return Map.of(
        APPS,
        List.of("id", "slug", "document"),
        RELEASES,
        List.of("id", "app_id", "channel", "version", "document"),
        COMMITS,
        List.of("number", "revision", "app_ids", "release_ids"),
        settings().table(),
        List.of("key", "value"));
  }

  @Override
  public String probe() {
    return "select count(*) from "
        + String.join(", ", List.of(APPS + " a", RELEASES + " r", COMMITS + " c"))
        + " where 1 = 0";
  }

  @Override
  public SchemaStatus status(Optional<String> version) {
    SchemaStatus.State state =
        version.isEmpty()
            ? SchemaStatus.State.MISSING
            : version.get().equals(VERSION)
                ? SchemaStatus.State.CURRENT
                : SchemaStatus.State.TOO_NEW;
    return new SchemaStatus(state, version);
  }

  @Override
  public SchemaException exception(SchemaStatus status) {
    String message =
        switch (status.state()) {
          case MISSING -> "The database has no tables for releases. Create them with " + COMMANDS;
          case CURRENT ->
              "The database records the tables of releases, version "
                  + VERSION
                  + ", but a table or a column of them is missing. Restore it from a backup.";
          case OLD, TOO_NEW ->
              "The database has version "
                  + status.version().orElse("")
                  + " of the tables of releases, which this version of the library does not know;"
                  + " it works with "
                  + VERSION
                  + ". Use a newer version of the library.";
        };
    return new SchemaException(message);
  }

  @Override
  public SchemaScript create(Dialect dialect) {
    Syntax syntax = dialect.syntax();
    String name = " " + syntax.type(ColumnType.NAME);
    String document = " " + syntax.type(ColumnType.DOCUMENT);
    return new SchemaScript(
        List.of(
            table(
                APPS,
                "id" + name + " primary key not null",
                "slug" + name,
                "document" + document + " not null",
                unique(APPS + "_slug_key", "slug")),
            table(
                RELEASES,
                "id" + name + " primary key not null",
                "app_id" + name + " not null",
                "channel" + name + " not null",
                "version" + name + " not null",
                "document" + document + " not null",
                unique(RELEASES + "_version_key", "app_id, channel, version")),
            table(
                COMMITS,
                "number " + syntax.type(ColumnType.LONG) + " primary key not null",
                "revision" + name + " not null",
                "app_ids" + document,
                "release_ids" + document),
            table(
                settings().table(),
                syntax.keyColumn() + name + " primary key not null",
                "value" + name + " not null")),
        recordVersion(syntax));
  }

  private static SchemaStep table(String table, String... lines) {
    String sql = "create table " + table + " (\n  " + String.join(",\n  ", lines) + "\n)";
    return new SchemaStep(sql, Kind.TABLE, table, table);
  }

  private static String unique(String name, String columns) {
    return "constraint " + name + " unique (" + columns + ")";
  }

  private String recordVersion(Syntax syntax) {
    return "insert into "
        + settings().table()
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
  public SchemaScript upgrade(Dialect dialect, SchemaStatus status) {
    throw exception(status);
  }

  @Override
  public String adviceOnOldTables() {
    return "";
  }
}
