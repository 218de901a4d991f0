package dev.hotupdater.jdbc;

import dev.hotupdater.database.DatabaseUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections on which no call waits for ever, borrowed from a data source that may know no limits
 * itself. A connection is handed back with the settings that it was borrowed with.
 */
final class TimedConnections implements ConnectionFactory {
  private static final Logger log = LoggerFactory.getLogger(TimedConnections.class);

  /**
   * How much longer than a statement the network may be silent: where both limits work, the one
   * that leaves the connection intact comes first.
   */
  private static final Duration NETWORK_MARGIN = Duration.ofSeconds(1);

  private final ConnectionOpener opener;
  private final Duration lockTimeout;
  private final Optional<Duration> networkTimeout;
  private final Map<Connection, Borrowed> borrowed =
      Collections.synchronizedMap(new IdentityHashMap<>());
  private volatile @Nullable Dialect dialect;

  private TimedConnections(
      ConnectionOpener opener, Duration lockTimeout, Optional<Duration> networkTimeout) {
    this.opener = opener;
    this.lockTimeout = lockTimeout;
    this.networkTimeout = networkTimeout;
  }

  /**
   * Connections on which every call is limited.
   *
   * @param whenScarce see {@link ConnectionOpener}
   */
  static TimedConnections forStatements(
      DataSource dataSource, Duration timeout, Runnable whenScarce) {
    return new TimedConnections(
        new ConnectionOpener(dataSource, timeout, whenScarce),
        timeout,
        Optional.of(timeout.plus(NETWORK_MARGIN)));
  }

  /**
   * Connections that are opened within a limited time and wait so long for locks, but on which a
   * statement may take as long as it needs.
   */
  static TimedConnections forMigration(
      DataSource dataSource, Duration connectTimeout, Duration lockTimeout) {
    return new TimedConnections(
        new ConnectionOpener(dataSource, connectTimeout, () -> {}), lockTimeout, Optional.empty());
  }

  /** What was found at the other end. At least one connection must have been opened. */
  Dialect dialect() {
    Dialect known = dialect;
    if (known == null) {
      throw new IllegalStateException("no connection has been opened yet");
    }
    return known;
  }

  @Override
  public Connection openConnection() {
    Connection connection = opener.open();
    try {
      borrowed.put(connection, prepare(connection));
      return connection;
    } catch (SQLException e) {
      opener.close(connection);
      throw new DatabaseUnavailableException(
          "The database closed a connection that was just opened. Check that it is running.", e);
    } catch (RuntimeException e) {
      opener.close(connection);
      throw e;
    }
  }

  @Override
  public void closeConnection(Connection connection) {
    Borrowed before = borrowed.remove(connection);
    if (before != null) {
      try {
        before.restore(connection);
      } catch (SQLException e) {
        // A broken connection has nothing left to restore, and its pool will see that it is broken.
        log.debug("Could not restore the settings of a connection", e);
      }
    }
    opener.close(connection);
  }

  private Borrowed prepare(Connection connection) throws SQLException {
    // First of all, because even the next calls may ask a server that no longer answers.
    OptionalInt networkTimeoutBefore = limitNetwork(connection);
    boolean autoCommit = connection.getAutoCommit();
    if (!autoCommit) {
      // Transactions here begin and end explicitly; whatever a pool left open is not ours.
      connection.setAutoCommit(true);
    }
    Dialect found = dialect;
    if (found == null) {
      found = Dialect.of(connection);
      dialect = found;
    }
    OptionalInt busyTimeoutBefore =
        found == Dialect.SQLITE ? limitBusy(connection) : OptionalInt.empty();
    return new Borrowed(autoCommit, networkTimeoutBefore, busyTimeoutBefore);
  }

  /** Limits the silence of the network where the driver can, and returns the limit before. */
  private OptionalInt limitNetwork(Connection connection) throws SQLException {
    if (networkTimeout.isEmpty() || dialect == Dialect.SQLITE) {
      return OptionalInt.empty();
    }
    try {
      int before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, Durations.millis(networkTimeout.get()));
      return OptionalInt.of(before);
    } catch (SQLFeatureNotSupportedException
        | UnsupportedOperationException
        | AbstractMethodError e) {
      log.debug("The driver has no network timeout", e);
      return OptionalInt.empty();
    }
  }

  private OptionalInt limitBusy(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      int before;
      try (var row = statement.executeQuery("pragma busy_timeout")) {
        before = row.next() ? row.getInt(1) : 0;
      }
      statement.execute("pragma busy_timeout = " + Durations.millis(lockTimeout));
      return OptionalInt.of(before);
    }
  }

  /** The settings of a connection when it was borrowed, as far as they were changed. */
  private record Borrowed(boolean autoCommit, OptionalInt networkTimeout, OptionalInt busyTimeout) {
    void restore(Connection connection) throws SQLException {
      if (busyTimeout.isPresent()) {
        try (var statement = connection.createStatement()) {
          statement.execute("pragma busy_timeout = " + busyTimeout.getAsInt());
        }
      }
      if (!autoCommit) {
        connection.setAutoCommit(false);
      }
      if (networkTimeout.isPresent()) {
        connection.setNetworkTimeout(Runnable::run, networkTimeout.getAsInt());
      }
    }
  }
}
