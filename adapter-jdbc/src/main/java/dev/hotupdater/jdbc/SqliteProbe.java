package dev.hotupdater.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Looks at the number that SQLite has for what other connections have committed. */
final class SqliteProbe implements ChangeProbe {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final PreparedStatement query;
  private long seen;

  private SqliteProbe(PreparedStatement query) throws SQLException {
    this.query = query;
    seen = version();
  }

  static SqliteProbe open(Connection connection) throws SQLException {
    SqliteProbe probe = new SqliteProbe(connection.prepareStatement("pragma data_version"));
    try (Statement statement = connection.createStatement()) {
      // While somebody writes, it is not this thread that has to wait: it comes back anyway.
      statement.execute("pragma busy_timeout = 0");
    }
    return probe;
  }

  @Override
  public boolean look() throws SQLException {
    long now;
    try {
      now = version();
    } catch (SQLException e) {
      if (Failure.of(e, Dialect.SQLITE) == Failure.COLLISION) {
        return false;
      }
      throw e;
    }
    boolean changed = now != seen;
    seen = now;
    return changed;
  }

  private long version() throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  @Override
  public Duration pause() {
    return PAUSE;
  }

  @Override
  public void close() throws SQLException {
    query.close();
  }

  @Override
  public String toString() {
    return "the version of the file";
  }
}
