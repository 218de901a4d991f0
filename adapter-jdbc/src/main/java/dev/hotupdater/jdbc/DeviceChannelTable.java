package dev.hotupdater.jdbc;

import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.InvalidDeviceException;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.InvalidReleaseException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.Update;

/** The table of the channels that devices were given to, one assignment in each row. */
final class DeviceChannelTable {
  private static final String TABLE = DeviceSchema.CHANNELS;

  private final UnreadableRows unreadable = new UnreadableRows(TABLE);

  /** All assignments. */
  RecordedFacts assignments() {
    return new RecordedFacts(
        TABLE,
        "assigned_at",
        List.of("app_id", "kind", "value", "channel"),
        Sql.of("1 = 1"),
        this::assignment);
  }

  /** The assignments of these keys of an app. */
  List<DeviceFact> assignmentsOf(Session session, AppId app, Set<DeviceKey> keys) {
    List<String> ids = keys.stream().map(key -> ChannelAssignment.idOf(app, key)).toList();
    return assignments().where(session, Sql.in("id", "?", ids));
  }

  private Optional<DeviceFact> assignment(ResultSet row) throws SQLException {
    Optional<DeviceKey.Kind> kind = DeviceKey.Kind.fromJsonName(row.getString("kind"));
    if (kind.isEmpty()) {
      unreadable.skipped(row.getString("id"), "its kind is none");
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ChannelAssignment(
              AppId.of(row.getString("app_id")),
              new DeviceKey(kind.get(), row.getString("value")),
              Optional.ofNullable(row.getString("channel")),
              Instant.ofEpochMilli(row.getLong("assigned_at"))));
    } catch (InvalidDeviceException | InvalidReleaseException e) {
      unreadable.skipped(row.getString("id"), "its app_id, value or channel is none");
      return Optional.empty();
    }
  }

  /** Writes an assignment in place of the last one of the same app and key. */
  static void put(Session session, ChannelAssignment assignment) {
    List<String> columns = DeviceSchema.CHANNEL_COLUMNS;
    String sql =
        "insert into "
            + TABLE
            + " ("
            + String.join(", ", columns)
            + ") values ("
            + String.join(", ", Collections.nCopies(columns.size(), "?"))
            + ")"
            + session.syntax().replaceExisting("id", List.of("channel", "assigned_at"));
    try (Update update = session.handle().createUpdate(sql)) {
      update
          .bind(0, assignment.id())
          .bind(1, assignment.app().value())
          .bind(2, assignment.key().kind().jsonName())
          .bind(3, assignment.key().value())
          .bind(4, assignment.channel().orElse(null))
          .bind(5, Moments.millis(assignment.assignedAt()))
          .execute();
    }
  }
}
