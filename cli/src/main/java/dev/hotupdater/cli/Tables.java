package dev.hotupdater.cli;

import dev.hotupdater.jdbc.Dialect;
import dev.hotupdater.jdbc.JdbcSchema;
import dev.hotupdater.jdbc.SchemaStatus;
import java.util.List;
import java.util.function.Function;

/** The kinds of tables that a database may have, each with a version of its own. */
enum Tables {
  BUNDLES(
      "schema",
      "",
      JdbcSchema::generate,
      JdbcSchema::status,
      JdbcSchema::plan,
      JdbcSchema::migrate),
  RELEASES(
      "schema of releases",
      " --releases",
      JdbcSchema::generateReleases,
      JdbcSchema::releaseStatus,
      JdbcSchema::planReleases,
      JdbcSchema::migrateReleases),
  DEVICES(
      "schema of devices",
      " --devices",
      JdbcSchema::generateDevices,
      JdbcSchema::deviceStatus,
      JdbcSchema::planDevices,
      JdbcSchema::migrateDevices);

  private final String title;
  private final String option;
  private final Function<Dialect, String> generate;
  private final Function<JdbcSchema, SchemaStatus> status;
  private final Function<JdbcSchema, List<String>> plan;
  private final Function<JdbcSchema, List<String>> migrate;

  Tables(
      String title,
      String option,
      Function<Dialect, String> generate,
      Function<JdbcSchema, SchemaStatus> status,
      Function<JdbcSchema, List<String>> plan,
      Function<JdbcSchema, List<String>> migrate) {
    this.title = title;
    this.option = option;
    this.generate = generate;
    this.status = status;
    this.plan = plan;
    this.migrate = migrate;
  }

  /** What they are called in a sentence. */
  String title() {
    return title;
  }

  /** The option that names them, after a space; empty for those that are meant without one. */
  String option() {
    return option;
  }

  String generate(Dialect dialect) {
    return generate.apply(dialect);
  }

  SchemaStatus status(JdbcSchema schema) {
    return status.apply(schema);
  }

  List<String> plan(JdbcSchema schema) {
    return plan.apply(schema);
  }

  List<String> migrate(JdbcSchema schema) {
    return migrate.apply(schema);
  }
}
