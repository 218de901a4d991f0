package dev.hotupdater.jdbc;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DatabaseUnavailableException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What the failure of a statement means. */
enum Failure {
  /** Another transaction was in the way: the same again may work. */
  COLLISION,
  /** The database is away, is shutting down, or took too long. */
  UNAVAILABLE,
  /** A table or a column is missing. */
  SCHEMA,
  /** The database does not have what the statement uses, or not for this user. */
  UNSUPPORTED,
  /** Anything else. */
  OTHER;

  private static final Set<String> POSTGRES_COLLISIONS =
      Set.of("40001", "40P01", "23503", "23505", "55P03");
  private static final Set<String> POSTGRES_UNAVAILABLE = Set.of("57014", "53300");
  private static final Set<String> POSTGRES_SCHEMA = Set.of("42P01", "42703", "3F000");

  /** No such function, syntax, feature or privilege. */
  private static final Set<String> POSTGRES_UNSUPPORTED =
      Set.of("42883", "42601", "0A000", "42501");

  /** Deadlock, change since the read view, duplicate key, base row gone. */
  private static final Set<Integer> MYSQL_COLLISIONS = Set.of(1213, 1020, 1062, 1452);

  /** Lock wait timeout, shutdown, too many connections, killed, too long for the server. */
  private static final Set<Integer> MYSQL_UNAVAILABLE =
      Set.of(1205, 1053, 1040, 1203, 1317, 1927, 1969, 3024);

  private static final Set<String> MYSQL_SCHEMA = Set.of("42S02", "42S22");

  /** No such function, syntax or privilege; texts of collations that do not go together. */
  private static final Set<Integer> MYSQL_UNSUPPORTED = Set.of(1305, 1064, 1142, 1370, 1267);

  private static final int SQLITE_ERROR = 1;
  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_LOCKED = 6;
  private static final int SQLITE_INTERRUPT = 9;
  private static final int SQLITE_CANTOPEN = 14;

  /** The SQLException that a failure comes from, if it comes from one. */
  static Optional<SQLException> sqlException(Throwable failure) {
    SQLException found = null;
    Throwable current = failure;
    // Cause chains can be loops; nothing of interest is deeper than this.
    for (int depth = 0; current != null && depth < 20; depth++) {
      if (current instanceof SQLException) {
        found = (SQLException) current;
        break;
      }
      current = current.getCause();
    }
    return Optional.ofNullable(found);
  }

  /** The code of a failure for a message, such as {@code " (SQL state 08001)"}; empty if none. */
  static String code(Throwable failure) {
    return sqlException(failure)
        .map(
            e ->
                e.getSQLState() != null && !e.getSQLState().isEmpty()
                    ? " (SQL state " + e.getSQLState() + ")"
                    : " (error code " + e.getErrorCode() + ")")
        .orElse("");
  }

  /**
   * The exception for callers.
   *
   * @param timeout how long the statement was allowed to take
   */
  DatabaseException exception(SQLException cause, Duration timeout) {
    return switch (this) {
      case COLLISION ->
          new DatabaseUnavailableException(
              "Other transactions were in the way" + code(cause) + ". Try again later.", cause);
      case UNAVAILABLE ->
          new DatabaseUnavailableException(
              "The database did not answer within "
                  + Durations.text(timeout)
                  + ", or broke off the connection"
                  + code(cause)
                  + ". Check that it is running and not overloaded, then try again.",
              cause);
      case UNSUPPORTED -> new UnsupportedStatementException(refusal(cause), cause);
      case SCHEMA, OTHER -> new DatabaseException(refusal(cause), cause);
    };
  }

  private static String refusal(SQLException cause) {
    return "The database refused a statement" + code(cause) + ": " + cause.getMessage();
  }

  static Failure of(SQLException e, Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> ofPostgres(e);
      case MYSQL -> ofMySql(e);
      case SQLITE -> ofSqlite(e);
    };
  }

  private static Failure ofPostgres(SQLException e) {
    String state = state(e);
    if (POSTGRES_COLLISIONS.contains(state)) {
      return COLLISION;
    }
    if (POSTGRES_SCHEMA.contains(state)) {
      return SCHEMA;
    }
    if (POSTGRES_UNSUPPORTED.contains(state)) {
      return UNSUPPORTED;
    }
    return POSTGRES_UNAVAILABLE.contains(state) || state.startsWith("57P")
        ? UNAVAILABLE
        : common(e);
  }

  private static Failure ofMySql(SQLException e) {
    if (MYSQL_COLLISIONS.contains(e.getErrorCode())) {
      return COLLISION;
    }
    if (MYSQL_SCHEMA.contains(state(e))) {
      return SCHEMA;
    }
    if (MYSQL_UNSUPPORTED.contains(e.getErrorCode())) {
      return UNSUPPORTED;
    }
    return MYSQL_UNAVAILABLE.contains(e.getErrorCode()) ? UNAVAILABLE : common(e);
  }

  private static Failure ofSqlite(SQLException e) {
    switch (e.getErrorCode() & 0xff) {
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        return COLLISION;
      case SQLITE_INTERRUPT:
      case SQLITE_CANTOPEN:
        return UNAVAILABLE;
      case SQLITE_ERROR:
        String message = String.valueOf(e.getMessage());
        return message.contains("no such table") || message.contains("no such column")
            ? SCHEMA
            : common(e);
      default:
        return common(e);
    }
  }

  private static Failure common(SQLException e) {
    if (e instanceof SQLTransactionRollbackException) {
      return COLLISION;
    }
    return e instanceof SQLTimeoutException
            || e instanceof SQLTransientConnectionException
            || e instanceof SQLNonTransientConnectionException
            || e instanceof SQLRecoverableException
            || state(e).startsWith("08")
        ? UNAVAILABLE
        : OTHER;
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }
}
