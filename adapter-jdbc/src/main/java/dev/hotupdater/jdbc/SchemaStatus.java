package dev.hotupdater.jdbc;

import dev.hotupdater.database.SchemaException;
import dev.hotupdater.database.SchemaVersion;
import java.util.Optional;

/**
 * How far a database is with the schema that this library works with.
 *
 * @param state what is to be done, if anything
 * @param version the version that the database records; absent if it records none
 */
public record SchemaStatus(State state, Optional<String> version) {
  /** What is to be done about a schema. */
  public enum State {
    /** The database records no version: the tables are to be created. */
    MISSING,
    /** The tables are those of an older version: they are to be migrated. */
    OLD,
    /** Nothing is to be done. */
    CURRENT,
    /** The version is newer than this library, or none that it can make sense of. */
    TOO_NEW
  }

  static SchemaStatus of(Optional<String> version) {
    if (version.isEmpty()) {
      return new SchemaStatus(State.MISSING, version);
    }
    String text = version.get();
    if (text.equals(SchemaVersion.CURRENT.toString())) {
      return new SchemaStatus(State.CURRENT, version);
    }
    return new SchemaStatus(SchemaVersion.isOld(text) ? State.OLD : State.TOO_NEW, version);
  }

  /** The exception for a database with this status in which something is missing. */
  SchemaException exception() {
    String found =
        version.map(text -> "the Hot Updater schema " + text).orElse("no Hot Updater schema");
    String needed = SchemaVersion.CURRENT.toString();
    String message =
        switch (state) {
          case MISSING ->
              "The database has no Hot Updater schema, and version "
                  + needed
                  + " is needed. Create it with "
                  + COMMANDS;
          case OLD ->
              "The database has "
                  + found
                  + ", and version "
                  + needed
                  + " is needed. Migrate it with "
                  + COMMANDS;
          case CURRENT ->
              "The database records "
                  + found
                  + ", but a table or a column of it is missing. Restore it from a backup.";
          case TOO_NEW ->
              "The database has "
                  + found
                  + ", which this version of the library does not know; it works with "
                  + needed
                  + ". Use a newer version of the library.";
        };
    return new SchemaException(message);
  }

  private static final String COMMANDS =
      "`java -jar hotupdater-cli.jar db migrate --url <jdbc-url>` or, in code,"
          + " `JdbcSchema.of(dataSource).migrate()`.";
}
