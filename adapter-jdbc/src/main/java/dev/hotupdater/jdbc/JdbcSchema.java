package dev.hotupdater.jdbc;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.SchemaException;
import dev.hotupdater.database.SchemaVersion;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;

/**
 * The tables that a {@link JdbcDatabase} works with: whether they are there, and what to do if not.
 * They are the same that the Node server creates, in version 0.31.0. Nothing is ever dropped. Safe
 * for use by many threads.
 *
 * <pre>{@code
 * JdbcSchema.of(dataSource).migrate();
 * }</pre>
 *
 * <p>All methods that ask the database throw {@link DatabaseException}. They wait at most 10
 * seconds for a connection and, unless they migrate, for an answer.
 */
public final class JdbcSchema {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(60);

  private final Duration timeout;
  private final TimedConnections reading;
  private final TimedConnections migrating;

  private JdbcSchema(DataSource dataSource, Duration timeout) {
    this.timeout = timeout;
    reading = TimedConnections.forStatements(dataSource, timeout, () -> {});
    migrating = TimedConnections.forMigration(dataSource, timeout, LOCK_TIMEOUT);
  }

  /** The schema of this database. Opens no connection. */
  public static JdbcSchema of(DataSource dataSource) {
    return of(dataSource, TIMEOUT);
  }

  /** The same with another limit for connections and for what changes nothing. */
  static JdbcSchema of(DataSource dataSource, Duration timeout) {
    return new JdbcSchema(requireNonNull(dataSource, "dataSource"), timeout);
  }

  /** The SQL that creates the schema in an empty database, for those who run it themselves. */
  public static String generate(Dialect dialect) {
    return script(
        "Hot Updater schema " + SchemaVersion.CURRENT + " for " + dialect,
        SchemaSteps.create(dialect));
  }

  /**
   * The SQL that migrates a database with an older version of the schema, for those who run it
   * themselves.
   *
   * @param fromVersion {@code 0.21.0} or {@code 0.29.0}
   * @throws IllegalArgumentException if it is any other version
   */
  public static String generate(Dialect dialect, String fromVersion) {
    SchemaVersion from =
        SchemaVersion.parse(fromVersion)
            .filter(version -> version != SchemaVersion.CURRENT)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is a migration from these versions: " + SchemaVersion.names()));
    return script(
        "Hot Updater schema " + from + " to " + SchemaVersion.CURRENT + " for " + dialect,
        SchemaSteps.upgrade(dialect, from));
  }

  private static String script(String title, SchemaSteps steps) {
    StringBuilder script = new StringBuilder("-- ").append(title).append('\n');
    for (SchemaStep step : steps.steps()) {
      script.append('\n').append(step.sql()).append(";\n");
    }
    return script.append('\n').append(steps.recordVersion()).append(";\n").toString();
  }

  /** How far the database is. Changes nothing. */
  public SchemaStatus status() {
    return run(reading, timeout, SchemaStatus::read);
  }

  /**
   * The statements that {@link #migrate} would execute now; none if there is nothing to do. Changes
   * nothing.
   *
   * @throws SchemaException if the database cannot be migrated; the message says why
   */
  public List<String> plan() {
    return run(reading, timeout, session -> pending(session, SchemaStatus.read(session)));
  }

  /**
   * Creates the schema, or brings an older version up to date. Doing it again does nothing, and if
   * several servers do it at once, one does and the others wait for it, for at most a minute. If it
   * is interrupted, doing it again completes it.
   *
   * @return the statements that were executed; none if there was nothing to do
   * @throws SchemaException if the database cannot be migrated; the message says why, and nothing
   *     was changed
   */
  public List<String> migrate() {
    return run(
        migrating,
        LOCK_TIMEOUT,
        session ->
            MigrationLock.of(session.dialect())
                .holding(session, LOCK_TIMEOUT, () -> migrate(session)));
  }

  private static List<String> migrate(Session session) {
    Optional<String> version =
        count(session, SchemaStep.Kind.TABLE, Settings.TABLE, Settings.TABLE) == 0
            ? Optional.empty()
            : SchemaStatus.readVersion(session);
    List<String> statements = pending(session, SchemaStatus.of(version));
    for (String statement : statements) {
      session.handle().execute(statement);
    }
    return statements;
  }

  private static List<String> pending(Session session, SchemaStatus status) {
    SchemaSteps steps;
    switch (status.state()) {
      case CURRENT:
        return List.of();
      case MISSING:
        requireUsableTables(session);
        steps = SchemaSteps.create(session.dialect());
        break;
      case OLD:
        steps =
            SchemaSteps.upgrade(
                session.dialect(),
                status.version().flatMap(SchemaVersion::parse).orElseThrow(() -> unknown(status)));
        break;
      case TOO_NEW:
      default:
        throw status.exception();
    }
    List<String> statements = new ArrayList<>();
    for (SchemaStep step : steps.steps()) {
      if (count(session, step.kind(), step.table(), step.name()) == 0) {
        statements.add(step.sql());
      }
    }
    statements.add(steps.recordVersion());
    return statements;
  }

  private static SchemaException unknown(SchemaStatus status) {
    return new SchemaException(
        "The database has the Hot Updater schema "
            + status.version().orElse("")
            + ", which cannot be migrated to "
            + SchemaVersion.CURRENT
            + ". The versions that can are "
            + SchemaVersion.names()
            + ". Migrate it to one of them with the Node server's own command first.");
  }

  /**
   * Tables without a recorded version are either what an interrupted migration left, and then they
   * are complete, or somebody else's.
   */
  private static void requireUsableTables(Session session) {
    for (Map.Entry<String, List<String>> columns : SchemaSteps.columns().entrySet()) {
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
                    + " schema. If it is an older Hot Updater table, record its version as key"
                    + " 'version' in the table "
                    + Settings.TABLE
                    + " ("
                    + SchemaVersion.names()
                    + ") and migrate again.");
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

  private static <T> T run(
      TimedConnections connections, Duration timeout, Function<Session, T> work) {
    try {
      return Transactor.jdbi(connections)
          .withHandle(handle -> work.apply(new Session(handle, connections.dialect())));
    } catch (JdbiException e) {
      SQLException cause = Failure.sqlException(e).orElseThrow(() -> e);
      throw Failure.of(cause, connections.dialect()).exception(cause, timeout);
    }
  }
}
