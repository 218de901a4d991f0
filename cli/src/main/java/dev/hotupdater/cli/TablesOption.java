package dev.hotupdater.cli;

import dev.hotupdater.jdbc.JdbcSchema;
import dev.hotupdater.jdbc.SchemaStatus;
import java.util.List;
import picocli.CommandLine.Option;

/** Which tables a command is about: those of bundles, or those of releases. */
final class TablesOption {
  @Option(
      names = "--releases",
      description = "The tables of apps and releases, instead of those of bundles.")
  private boolean releases;

  boolean ofReleases() {
    return releases;
  }

  /** What they are called in a sentence. */
  String title() {
    return releases ? "schema of releases" : "schema";
  }

  /** The command that creates or migrates them. */
  String migrateCommand() {
    return releases ? "db migrate --releases" : "db migrate";
  }

  SchemaStatus status(JdbcSchema schema) {
    return releases ? schema.releaseStatus() : schema.status();
  }

  List<String> plan(JdbcSchema schema) {
    return releases ? schema.planReleases() : schema.plan();
  }

  List<String> migrate(JdbcSchema schema) {
    return releases ? schema.migrateReleases() : schema.migrate();
  }
}
