package dev.hotupdater.jdbc;

import dev.hotupdater.database.SchemaException;
import dev.hotupdater.database.SchemaVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of bundles. Source: Hot Updater protocol, "SQL schema". */
final class BundleSchema implements SchemaPart {
  @Override
  public Settings settings() {
    return Settings.OF_BUNDLES;
  }

  @Override
  public Map<String, List<String>> columns() {
    return SchemaSteps.columns();
  }

  @Override
  public String probe() {
    return "select count(*) from bundles b join bundle_patches p on p.bundle_id = b.id where 1 = 0";
  }

  @Override
  public SchemaStatus status(Optional<String> version) {
    return SchemaStatus.of(version);
  }

  @Override
  public SchemaException exception(SchemaStatus status) {
    return status.exception();
  }

  @Override
  public SchemaScript create(Dialect dialect) {
    return SchemaSteps.create(dialect);
  }

  @Override
  public SchemaScript upgrade(Dialect dialect, SchemaStatus status) {
    SchemaVersion from =
        status.version().flatMap(SchemaVersion::parse).orElseThrow(() -> unknown(status));
    return SchemaSteps.upgrade(dialect, from);
  }

  @Override
  public String adviceOnOldTables() {
    return " If it is an older Hot Updater table, record its version as key '"
        + Settings.VERSION
        + "' in the table "
        + settings().table()
        + " ("
        + SchemaVersion.names()
        + ") and migrate again.";
  }

  private static SchemaException unknown(SchemaStatus status) {
    return new SchemaException(
        "The database has the Hot Updater schema "
            + status.version().orElse("")
            + ", which cannot be migrated to "
            + SchemaVersion.CURRENT
            + ". The versions that can are "
            + SchemaVersion.names()
            + ". Migrate it to one of them with the Node server's own command first.");
  }
}
