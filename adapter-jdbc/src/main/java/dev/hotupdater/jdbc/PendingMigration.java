package dev.hotupdater.jdbc;

import dev.hotupdater.database.SchemaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works out what is missing in a database. */
final class PendingMigration {
  private PendingMigration() {}

  /**
   * The statements that bring these tables up to date, in their order.
   *
   * @throws SchemaException if they cannot be migrated
   */
  static List<String> statements(Session session, SchemaPart part) {
    SchemaStatus status = status(session, part);
    SchemaScript script;
    switch (status.state()) {
      case CURRENT:
        return List.of();
      case MISSING:
        requireUsableTables(session, part);
        script = part.create(session.dialect());
        break;
      case OLD:
        script = part.upgrade(session.dialect(), status);
        break;
      case TOO_NEW:
      default:
        throw part.exception(status);
    }
    List<String> statements = new ArrayList<>();
    for (SchemaStep step : script.steps()) {
      if (count(session, step.kind(), step.table(), step.name()) == 0) {
        statements.add(step.sql());
      }
    }
    statements.add(script.recordVersion());
    return statements;
  }

  /** Asks for the table first, because in a transaction no statement may fail. */
  private static SchemaStatus status(Session session, SchemaPart part) {
    String table = part.settings().table();
    return count(session, SchemaStep.Kind.TABLE, table, table) == 0
        ? part.status(Optional.empty())
        : part.readRecorded(session);
  }

  /**
   * Tables without a recorded version are either what an interrupted migration left, and then they
   * are complete, or somebody else's.
   */
  private static void requireUsableTables(Session session, SchemaPart part) {
    for (Map.Entry<String, List<String>> columns : part.columns().entrySet()) {
      String table = columns.getKey();
      if (count(session, SchemaStep.Kind.TABLE, table, table) > 0) {
        for (String column : columns.getValue()) {
          if (count(session, SchemaStep.Kind.COLUMN, table, column) == 0) {
            throw new SchemaException(
                "There is a table '"
                    + table
                    + "' without the column '"
                    + column
                    + "', and no version of a Hot Updater schema is recorded, so nothing was"
                    + " changed. If the table belongs to something else, use another database or"
                    + " schema."
                    + part.adviceOnOldTables());
          }
        }
      }
    }
  }

  private static int count(Session session, SchemaStep.Kind kind, String table, String name) {
    return session
        .query(Sql.of(session.syntax().countQuery(kind), table, name))
        .mapTo(Integer.class)
        .one();
  }
}
