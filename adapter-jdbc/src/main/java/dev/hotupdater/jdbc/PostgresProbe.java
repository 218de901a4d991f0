package dev.hotupdater.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for the announcements of commits, and looks once a second at how many rows the server has
 * counted as written, which shows the writes of other software. Each works without the other. The
 * second is also what notices a network that has fallen silent.
 */
final class PostgresProbe implements ChangeProbe {
  private static final Logger log = LoggerFactory.getLogger(PostgresProbe.class);
  private static final Duration LISTENING = Duration.ofMillis(250);
  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);

  private static final String COUNTS =
      "select string_agg(concat_ws(' ', r, pg_stat_get_tuples_inserted(r),"
          + " pg_stat_get_tuples_updated(r), pg_stat_get_tuples_deleted(r)), ',')"
          + " from (values (cast(to_regclass(cast('bundles' as text)) as oid)),"
          + " (cast(to_regclass(cast('bundle_patches' as text)) as oid)),"
          // These may not be there.
          + " (cast(to_regclass(cast('hot_updater_apps' as text)) as oid)),"
          + " (cast(to_regclass(cast('hot_updater_releases' as text)) as oid))) t(r)";

  /** What is asked instead where nothing is counted. */
  private static final String NOTHING = "select ''";

  private final Connection connection;
  private final Optional<PostgresNotifications> notifications;
  private final String query;
  private String counts;
  private long countedAt = System.nanoTime();

  private PostgresProbe(
      Connection connection,
      Optional<PostgresNotifications> notifications,
      String query,
      String counts) {
    this.connection = connection;
    this.notifications = notifications;
    this.query = query;
    this.counts = counts;
  }

  static Optional<ChangeProbe> open(Connection connection) throws SQLException {
    Optional<PostgresNotifications> notifications = listen(connection);
    Optional<String> counts = count(connection);
    return notifications.isEmpty() && counts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PostgresProbe(
                connection,
                notifications,
                counts.isPresent() ? COUNTS : NOTHING,
                counts.orElse("")));
  }

  private static Optional<PostgresNotifications> listen(Connection connection) throws SQLException {
    try {
      return PostgresNotifications.listen(connection);
    } catch (LinkageError e) {
      log.debug("The driver of PostgreSQL is not there to listen with", e);
      return Optional.empty();
    } catch (SQLException e) {
      return withoutIfUnsupported(e);
    }
  }

  private static Optional<String> count(Connection connection) throws SQLException {
    try {
      return Optional.of(text(connection, COUNTS));
    } catch (SQLException e) {
      return withoutIfUnsupported(e);
    }
  }

  private static <T> Optional<T> withoutIfUnsupported(SQLException e) throws SQLException {
    if (Failure.of(e, Dialect.POSTGRESQL) != Failure.UNSUPPORTED) {
      throw e;
    }
    log.debug("The database refused a statement that hints could come from", e);
    return Optional.empty();
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  @Override
  public boolean look() throws SQLException {
    boolean announced = notifications.isPresent() && notifications.get().await(LISTENING);
    boolean counted = counted();
    return announced || counted;
  }

  private boolean counted() throws SQLException {
    if (System.nanoTime() - countedAt < BETWEEN_COUNTS.toNanos()) {
      return false;
    }
    String now = text(connection, query);
    boolean changed = !now.equals(counts);
    counts = now;
    countedAt = System.nanoTime();
    return changed;
  }

  @Override
  public Duration pause() {
    return notifications.isPresent() ? Duration.ZERO : LISTENING;
  }

  @Override
  public void close() throws SQLException {
    if (notifications.isPresent()) {
      notifications.get().stopListening();
    }
  }

  @Override
  public String toString() {
    if (query.equals(NOTHING)) {
      return "notifications";
    }
    return notifications.isPresent() ? "notifications and row counts" : "row counts";
  }
}
