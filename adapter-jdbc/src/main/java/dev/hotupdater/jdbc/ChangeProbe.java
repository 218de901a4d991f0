package dev.hotupdater.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Looks for changes on a connection that is kept for it. Used by one thread. */
interface ChangeProbe extends AutoCloseable {
  /**
   * Whether something may have changed since the last look. Where the database can tell by itself,
   * this waits a moment for it to do so.
   */
  boolean look() throws SQLException;

  /** How long to wait before the next look. */
  Duration pause();

  /** Leaves the connection as it was; closing that is left to whoever opened it. */
  @Override
  void close() throws SQLException;

  /** The probe for this dialect; empty if such a database has no cheap way to tell. */
  static Optional<ChangeProbe> open(Connection connection, Dialect dialect) throws SQLException {
    return switch (dialect) {
      case POSTGRESQL -> PostgresProbe.open(connection);
      case MYSQL -> Optional.empty();
      case SQLITE -> Optional.of(SqliteProbe.open(connection));
    };
  }
}
