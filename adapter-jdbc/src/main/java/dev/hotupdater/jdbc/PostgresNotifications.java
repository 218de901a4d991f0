package dev.hotupdater.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * The announcements of commits, as PostgreSQL's own driver receives them. This is the only class
 * that needs that driver; where it is missing, using this class is a {@link LinkageError}.
 */
final class PostgresNotifications {
  private final Connection connection;
  private final PGConnection driver;

  private PostgresNotifications(Connection connection, PGConnection driver) {
    this.connection = connection;
    this.driver = driver;
  }

  /** Begins to listen; empty if the connection is not one of PostgreSQL's own driver. */
  static Optional<PostgresNotifications> listen(Connection connection) throws SQLException {
    if (!connection.isWrapperFor(PGConnection.class)) {
      return Optional.empty();
    }
    PGConnection driver = connection.unwrap(PGConnection.class);
    execute(connection, "listen " + PostgresSyntax.CHANNEL);
    return Optional.of(new PostgresNotifications(connection, driver));
  }

  /** Waits at most so long, and returns whether something was announced. */
  boolean await(Duration longest) throws SQLException {
    PGNotification[] received = driver.getNotifications(Durations.millis(longest));
    return received != null && received.length > 0;
  }

  void stopListening() throws SQLException {
    execute(connection, "unlisten " + PostgresSyntax.CHANNEL);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
