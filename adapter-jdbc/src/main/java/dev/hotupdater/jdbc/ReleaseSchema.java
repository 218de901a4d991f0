package dev.hotupdater.jdbc;

import java.util.List;
import java.util.Map;

/** The tables of apps and releases. */
final class ReleaseSchema extends OwnTables {
  static final String APPS = "hot_updater_apps";
  static final String RELEASES = "hot_updater_releases";
  static final String COMMITS = "hot_updater_release_commits";

  ReleaseSchema() {
    super(Settings.OF_RELEASES, "releases", "migrateReleases");
  }

  @Override
  Map<String, List<String>> contents() {
    return Map.of(
        APPS,
        List.of("id", "slug", "document"),
        RELEASES,
        List.of("id", "app_id", "channel", "version", "document"),
        COMMITS,
        List.of("number", "revision", "app_ids", "release_ids"));
  }

  @Override
  List<SchemaStep> steps(Syntax syntax) {
    String name = " " + syntax.type(ColumnType.NAME);
    String document = " " + syntax.type(ColumnType.DOCUMENT);
    return List.of(
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
            "release_ids" + document));
  }

  private static String unique(String name, String columns) {
    return "constraint " + name + " unique (" + columns + ")";
  }
}
