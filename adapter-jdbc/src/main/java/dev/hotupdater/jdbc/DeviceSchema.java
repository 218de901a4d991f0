package dev.hotupdater.jdbc;

import java.util.List;
import java.util.Map;

/** The tables of what devices told, and of the channels that they were given to. */
final class DeviceSchema extends OwnTables {
  static final String EVENTS = "hot_updater_device_events";
  static final String CHANNELS = "hot_updater_device_channels";

  static final List<String> EVENT_COLUMNS =
      List.of(
          "id",
          "app_id",
          "device",
          "release_id",
          "version",
          "channel",
          "platform",
          "outcome",
          "action",
          "happened_at",
          "recorded_at");

  static final List<String> CHANNEL_COLUMNS =
      List.of("id", "app_id", "kind", "value", "channel", "assigned_at");

  DeviceSchema() {
    super(Settings.OF_DEVICES, "devices", "migrateDevices");
  }

  @Override
  Map<String, List<String>> contents() {
    return Map.of(EVENTS, EVENT_COLUMNS, CHANNELS, CHANNEL_COLUMNS);
  }

  @Override
  List<SchemaStep> steps(Syntax syntax) {
    String hash = " " + syntax.type(ColumnType.HASH) + " primary key not null";
    String name = " " + syntax.type(ColumnType.NAME);
    String time = " " + syntax.type(ColumnType.LONG) + " not null";
    return List.of(
        table(
            EVENTS,
            "id" + hash,
            "app_id" + name + " not null",
            "device" + name + " not null",
            "release_id" + name + " not null",
            "version" + name + " not null",
            "channel" + name + " not null",
            "platform" + name + " not null",
            "outcome" + name + " not null",
            "action" + name + " not null",
            "happened_at" + time,
            "recorded_at" + time),
        // All that is counted by, so that counting reads no row.
        index(EVENTS + "_counts_idx", EVENTS, "app_id, channel, release_id, version, outcome"),
        index(EVENTS + "_recorded_idx", EVENTS, "outcome, recorded_at, id"),
        index(EVENTS + "_device_idx", EVENTS, "app_id, device"),
        // A hash of app, kind and value is the key, because texts that differ in spaces at their
        // end are the same in keys of MySQL.
        table(
            CHANNELS,
            "id" + hash,
            "app_id" + name + " not null",
            "kind" + name + " not null",
            "value" + name + " not null",
            "channel" + name,
            "assigned_at" + time),
        index(CHANNELS + "_assigned_idx", CHANNELS, "assigned_at, id"));
  }
}
