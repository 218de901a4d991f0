package dev.hotupdater.jdbc;

import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table of what devices told, one event in each row. */
final class DeviceEventTable {
  private static final String TABLE = DeviceSchema.EVENTS;

  private final UnreadableRows unreadable = new UnreadableRows(TABLE);

  /** The failures. */
  RecordedFacts failures() {
    return new RecordedFacts(
        TABLE,
        "recorded_at",
        List.of("app_id", "device", "version"),
        Sql.of("outcome = ?", DeviceOutcome.FAILED.jsonName()),
        this::failure);
  }

  /** The failures of these devices of an app. */
  List<DeviceFact> failuresOf(Session session, AppId app, Set<DeviceKey> keys) {
    List<String> devices =
        keys.stream()
            .filter(key -> key.kind() == DeviceKey.Kind.DEVICE)
            .map(DeviceKey::value)
            .toList();
    if (devices.isEmpty()) {
      return List.of();
    }
    Sql which = Sql.of("app_id = ?", app.value()).and(Sql.in("device", "?", devices));
    // MySQL takes texts that differ in spaces at their end for the same.
    return failures().where(session, which).stream().filter(fact -> fact.isOf(keys)).toList();
  }

  private Optional<DeviceFact> failure(ResultSet row) throws SQLException {
    String app = row.getString("app_id");
    String device = row.getString("device");
    String version = row.getString("version");
    Optional<DeviceFact> fact =
        AppId.parse(app).map(id -> new DeviceFact.Failure(id, device, version));
    if (fact.isEmpty()) {
      unreadable.skipped(row.getString("id"), "its app_id is none");
    }
    return fact;
  }

  /**
   * Adds the events that are not there yet.
   *
   * @param events by their ids: all who write take them in the same order, so that no two wait for
   *     each other
   */
  static void insert(Session session, SortedMap<String, DeviceEvent> events, long recordedAt) {
    List<String> columns = DeviceSchema.EVENT_COLUMNS;
    String sql =
        "insert into "
            + TABLE
            + " ("
            + String.join(", ", columns)
            + ") values ("
            + String.join(", ", Collections.nCopies(columns.size(), "?"))
            + ")"
            + session.syntax().keepExisting("id");
    for (List<Map.Entry<String, DeviceEvent>> chunk : Chunks.of(events.entrySet())) {
      try (PreparedBatch batch = session.handle().prepareBatch(sql)) {
        chunk.forEach(entry -> bind(batch, entry.getKey(), entry.getValue(), recordedAt));
        batch.execute();
      }
    }
  }

  private static void bind(PreparedBatch batch, String id, DeviceEvent event, long recordedAt) {
    batch
        .bind(0, id)
        .bind(1, event.app().value())
        .bind(2, event.device())
        .bind(3, event.release().value())
        .bind(4, event.version())
        .bind(5, event.channel())
        .bind(6, event.platform())
        .bind(7, event.outcome().jsonName())
        .bind(8, event.action())
        .bind(9, Moments.millis(event.at()))
        .bind(10, recordedAt)
        .add();
  }

  List<OutcomeCount> counts(Session session, AppId app) {
    Sql sql =
        Sql.of(
            "select channel, release_id, version, outcome, count(*) as devices from "
                + TABLE
                + " where app_id = ? group by channel, release_id, version, outcome",
            app.value());
    return session.query(sql).map((row, context) -> count(row)).list().stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<OutcomeCount> count(ResultSet row) throws SQLException {
    String storedRelease = row.getString("release_id");
    String storedOutcome = row.getString("outcome");
    Optional<ReleaseId> release = ReleaseId.parse(storedRelease);
    Optional<DeviceOutcome> outcome = DeviceOutcome.fromJsonName(storedOutcome);
    if (release.isEmpty() || outcome.isEmpty()) {
      unreadable.skipped(
          "of " + storedRelease + ' ' + storedOutcome, "its release_id or its outcome is none");
      return Optional.empty();
    }
    return Optional.of(
        new OutcomeCount(
            row.getString("channel"),
            release.get(),
            row.getString("version"),
            outcome.get(),
            row.getLong("devices")));
  }

  /** The ids of some events that were recorded before this time, in the order of the ids. */
  static List<String> idsBefore(
      Session session, long millis, Set<DeviceOutcome> outcomes, int limit) {
    Sql sql =
        Sql.of("select id from " + TABLE + " where ")
            .append(Sql.in("outcome", "?", outcomes.stream().map(DeviceOutcome::jsonName).toList()))
            .and(before(millis))
            .append(" limit " + limit);
    return session.query(sql).mapTo(String.class).stream().sorted().toList();
  }

  /** Deletes events with these ids; returns how many there were. */
  static int delete(Session session, Collection<String> ids, long millis) {
    // Another server may have deleted one that was then recorded again, and is new now.
    return session.update(
        Sql.of("delete from " + TABLE + " where ")
            .append(Sql.in("id", "?", ids))
            .and(before(millis)));
  }

  private static Sql before(long millis) {
    return Sql.of("recorded_at < ?", millis);
  }
}
