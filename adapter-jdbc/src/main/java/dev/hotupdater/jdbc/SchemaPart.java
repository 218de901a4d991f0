package dev.hotupdater.jdbc;

import dev.hotupdater.database.SchemaException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/** Tables that belong together and record a version of their own. */
interface SchemaPart {
  /** Where the version is recorded. */
  Settings settings();

  /** The names of the columns of each table. */
  Map<String, List<String>> columns();

  /** A query for one number that reads no row, but needs every table except the settings. */
  String probe();

  /** What a recorded version means; empty if there is none. */
  SchemaStatus status(Optional<String> version);

  /** The exception for a database with this status in which something is missing. */
  SchemaException exception(SchemaStatus status);

  /** The statements for an empty database. */
  SchemaScript create(Dialect dialect);

  /**
   * The statements for a database with this status, which is an old one.
   *
   * @throws SchemaException if the version cannot be migrated
   */
  SchemaScript upgrade(Dialect dialect, SchemaStatus status);

  /** What to do about tables of an older version without a record of it; empty if there is none. */
  String adviceOnOldTables();

  /** Reads the status outside of a transaction, because the table that is asked may be missing. */
  default SchemaStatus read(Session session) {
    try {
      return readRecorded(session);
    } catch (JdbiException e) {
      Optional<SQLException> cause = Failure.sqlException(e);
      if (cause.isPresent() && Failure.of(cause.get(), session.dialect()) == Failure.SCHEMA) {
        return status(Optional.empty());
      }
      throw e;
    }
  }

  /** Reads the status; the table that records it must be there. */
  default SchemaStatus readRecorded(Session session) {
    return status(settings().read(session, Settings.VERSION));
  }

  /**
   * Checks that the tables are there, in the current version.
   *
   * @throws SchemaException if the recorded version is another
   */
  default void requireCurrent(Session session) {
    SchemaStatus status = read(session);
    if (status.state() != SchemaStatus.State.CURRENT) {
      throw exception(status);
    }
    session.query(Sql.of(probe())).mapTo(Integer.class).one();
  }
}
