package dev.hotupdater.jdbc;

import dev.hotupdater.database.SchemaVersion;
import dev.hotupdater.jdbc.SchemaStep.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The statements that create the schema, or bring an older version of it up to date. What comes out
 * is what the Node server's own migrations make, down to the names. Source: Hot Updater protocol,
 * "SQL schema".
 */
final class SchemaSteps {
  private static final String BUNDLES = "bundles";
  private static final String PATCHES = "bundle_patches";
  private static final String SETTINGS = Settings.OF_BUNDLES.table();

  /** One column; text that is required may have a default where the database allows it. */
  private record Column(
      String name, ColumnType type, boolean required, String defaultText, SchemaVersion since) {
    static Column required(String name, ColumnType type) {
      return new Column(name, type, true, "", SchemaVersion.V0_21_0);
    }

    static Column optional(String name, ColumnType type) {
      return new Column(name, type, false, "", SchemaVersion.V0_21_0);
    }

    Column withDefault(String text) {
      return new Column(name, type, required, text, since);
    }

    Column since(SchemaVersion version) {
      return new Column(name, type, required, defaultText, version);
    }
  }

  private static final List<Column> BUNDLE_COLUMNS =
      List.of(
          Column.required("id", ColumnType.ID),
          Column.required("platform", ColumnType.TEXT),
          Column.required("should_force_update", ColumnType.BOOLEAN),
          Column.required("enabled", ColumnType.BOOLEAN),
          Column.required("file_hash", ColumnType.TEXT),
          Column.optional("git_commit_hash", ColumnType.TEXT),
          Column.optional("message", ColumnType.TEXT),
          Column.required("channel", ColumnType.TEXT).withDefault("production"),
          Column.required("storage_uri", ColumnType.TEXT),
          Column.optional("target_app_version", ColumnType.TEXT),
          Column.optional("fingerprint_hash", ColumnType.TEXT),
          Column.required("metadata", ColumnType.JSON).withDefault("{}"),
          Column.required("rollout_cohort_count", ColumnType.INTEGER)
              .withDefault("1000")
              .since(SchemaVersion.V0_29_0),
          Column.optional("target_cohorts", ColumnType.JSON).since(SchemaVersion.V0_29_0),
          Column.optional("manifest_storage_uri", ColumnType.TEXT).since(SchemaVersion.V0_31_0),
          Column.optional("manifest_file_hash", ColumnType.TEXT).since(SchemaVersion.V0_31_0),
          Column.optional("asset_base_storage_uri", ColumnType.TEXT).since(SchemaVersion.V0_31_0));

  private static final List<Column> PATCH_COLUMNS =
      List.of(
          Column.required("id", ColumnType.KEY),
          Column.required("bundle_id", ColumnType.ID),
          Column.required("base_bundle_id", ColumnType.ID),
          Column.required("base_file_hash", ColumnType.TEXT),
          Column.required("patch_file_hash", ColumnType.TEXT),
          Column.required("patch_storage_uri", ColumnType.TEXT),
          Column.required("order_index", ColumnType.INTEGER).withDefault("0"));

  private static final String CHECK_TARGET = "check_version_or_fingerprint";
  private static final String CHECK_TARGET_CONDITION =
      "(target_app_version is not null) or (fingerprint_hash is not null)";
  private static final String CHECK_ROLLOUT = "bundles_rollout_cohort_count_check";
  private static final String CHECK_ROLLOUT_CONDITION =
      "rollout_cohort_count >= 0 and rollout_cohort_count <= 1000";

  private final Syntax syntax;
  private final List<SchemaStep> steps = new ArrayList<>();
  private String recordVersion = "";

  private SchemaSteps(Syntax syntax) {
    this.syntax = syntax;
  }

  /** The names of the columns of each table. */
  static Map<String, List<String>> columns() {
    return Map.of(
        BUNDLES,
        BUNDLE_COLUMNS.stream().map(Column::name).toList(),
        PATCHES,
        PATCH_COLUMNS.stream().map(Column::name).toList(),
        SETTINGS,
        List.of("key", "value"));
  }

  /** For an empty database. */
  static SchemaScript create(Dialect dialect) {
    SchemaSteps all = new SchemaSteps(dialect.syntax());
    all.bundlesTable();
    all.patchesTable();
    all.settingsTable();
    all.index("bundles_target_app_version_idx", BUNDLES, "target_app_version", ColumnType.TEXT);
    all.index("bundles_fingerprint_hash_idx", BUNDLES, "fingerprint_hash", ColumnType.TEXT);
    all.index("bundles_channel_idx", BUNDLES, "channel", ColumnType.TEXT);
    all.rolloutIndex();
    all.patchIndexes();
    all.check(CHECK_TARGET, CHECK_TARGET_CONDITION);
    all.check(CHECK_ROLLOUT, CHECK_ROLLOUT_CONDITION);
    all.patchForeignKeys();
    all.firstVersion();
    return new SchemaScript(all.steps, all.recordVersion);
  }

  /** For a database with an older version. */
  static SchemaScript upgrade(Dialect dialect, SchemaVersion from) {
    SchemaSteps all = new SchemaSteps(dialect.syntax());
    if (from.isBefore(SchemaVersion.V0_29_0)) {
      all.addColumns(SchemaVersion.V0_29_0);
      all.rolloutIndex();
      all.check(CHECK_ROLLOUT, CHECK_ROLLOUT_CONDITION);
    }
    all.addColumns(SchemaVersion.V0_31_0);
    all.patchesTable();
    all.patchIndexes();
    all.patchForeignKeys();
    all.nextVersion();
    return new SchemaScript(all.steps, all.recordVersion);
  }

  private void bundlesTable() {
    List<String> lines = definitions(BUNDLE_COLUMNS);
    if (!syntax.addsConstraints()) {
      lines.add("constraint " + CHECK_TARGET + " check (" + CHECK_TARGET_CONDITION + ")");
      lines.add("constraint " + CHECK_ROLLOUT + " check (" + CHECK_ROLLOUT_CONDITION + ")");
    }
    table(BUNDLES, lines);
  }

  private void patchesTable() {
    table(PATCHES, definitions(PATCH_COLUMNS));
  }

  private void settingsTable() {
    Column value =
        Column.required("value", ColumnType.TEXT).withDefault(SchemaVersion.CURRENT.toString());
    table(
        SETTINGS,
        List.of(
            syntax.keyColumn() + " " + syntax.type(ColumnType.KEY) + " primary key not null",
            definition(value)));
  }

  private void table(String table, List<String> lines) {
    String sql = "create table " + table + " (\n  " + String.join(",\n  ", lines) + "\n)";
    steps.add(new SchemaStep(sql, Kind.TABLE, table, table));
  }

  private List<String> definitions(List<Column> columns) {
    List<String> lines = new ArrayList<>();
    columns.forEach(column -> lines.add(definition(column)));
    return lines;
  }

  private String definition(Column column) {
    StringBuilder sql =
        new StringBuilder(column.name()).append(' ').append(syntax.type(column.type()));
    if (column.name().equals("id")) {
      sql.append(" primary key");
    }
    if (column.required()) {
      sql.append(" not null");
    }
    defaultValue(column).ifPresent(value -> sql.append(" default ").append(value));
    return sql.toString();
  }

  private Optional<String> defaultValue(Column column) {
    if (column.defaultText().isEmpty()) {
      return Optional.empty();
    }
    return column.type() == ColumnType.INTEGER
        ? Optional.of(column.defaultText())
        : syntax.textDefault(column.type(), column.defaultText());
  }

  private void addColumns(SchemaVersion since) {
    for (Column column : BUNDLE_COLUMNS) {
      if (column.since() == since) {
        String sql = "alter table " + BUNDLES + " add column " + definition(column);
        steps.add(new SchemaStep(sql, Kind.COLUMN, BUNDLES, column.name()));
      }
    }
  }

  private void rolloutIndex() {
    index("bundles_rollout_idx", BUNDLES, "rollout_cohort_count", ColumnType.INTEGER);
  }

  private void patchIndexes() {
    index("bundle_patches_bundle_id_idx", PATCHES, "bundle_id", ColumnType.ID);
    index("bundle_patches_base_bundle_id_idx", PATCHES, "base_bundle_id", ColumnType.ID);
  }

  private void index(String name, String table, String column, ColumnType type) {
    String sql =
        "create index " + name + " on " + table + " (" + syntax.indexed(column, type) + ")";
    steps.add(new SchemaStep(sql, Kind.INDEX, table, name));
  }

  private void check(String name, String condition) {
    constraint(BUNDLES, name, "check (" + condition + ")");
  }

  private void patchForeignKeys() {
    foreignKey("bundle_patches_bundle_id_fk", "bundle_id");
    foreignKey("bundle_patches_base_bundle_id_fk", "base_bundle_id");
  }

  private void foreignKey(String name, String column) {
    constraint(
        PATCHES,
        name,
        "foreign key ("
            + column
            + ") references "
            + BUNDLES
            + " (id) on update restrict on delete cascade");
  }

  private void constraint(String table, String name, String rule) {
    if (syntax.addsConstraints()) {
      String sql = "alter table " + table + " add constraint " + name + " " + rule;
      steps.add(new SchemaStep(sql, Kind.CONSTRAINT, table, name));
    }
  }

  private void firstVersion() {
    recordVersion =
        "insert into "
            + SETTINGS
            + " ("
            + syntax.keyColumn()
            + ", value) values ('version', '"
            + SchemaVersion.CURRENT
            + "')";
  }

  private void nextVersion() {
    recordVersion =
        "update "
            + SETTINGS
            + " set value = '"
            + SchemaVersion.CURRENT
            + "' where "
            + syntax.keyColumn()
            + " = 'version'";
  }
}
