package dev.hotupdater.mongo;

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
    /** The database records no version: collections and indexes are to be created. */
    MISSING,
    /** The documents are those of an older version: they are to be migrated. */
    OLD,
    /** Nothing is to be done. */
    CURRENT,
    /** The version is newer than this library, or none that it can make sense of. */
    TOO_NEW
  }

  private static final String COMMAND =
      "`MongoSchema.of(client, \"<database>\").migrate()`, or with the Node server's own command.";

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

  /**
   * Does nothing if the schema is current.
   *
   * @throws SchemaException otherwise
   */
  void requireCurrent() {
    if (state != State.CURRENT) {
      throw exception();
    }
  }

  private SchemaException exception() {
    String found =
        version.map(text -> "the Hot Updater schema " + text).orElse("no Hot Updater schema");
    String needed = SchemaVersion.CURRENT.toString();
    return new SchemaException(
        "The database has "
            + found
            + ", and version "
            + needed
            + " is needed. "
            + switch (state) {
              case MISSING ->
                  "Check the name of the database, or create the schema with " + COMMAND;
              case OLD -> "Migrate it with " + COMMAND;
              case CURRENT, TOO_NEW -> "Use a newer version of the library.";
            });
  }

  /** The exception for a version that there is no migration from. */
  SchemaException cannotMigrate() {
    return state == State.TOO_NEW
        ? exception()
        : new SchemaException(
            "The database has the Hot Updater schema "
                + version.orElse("")
                + ", which cannot be migrated to "
                + SchemaVersion.CURRENT
                + ". The versions that can are "
                + SchemaVersion.names()
                + ". Migrate it to one of them with the Node server's own command first.");
  }
}
