package dev.hotupdater.jdbc;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.SchemaException;
import dev.hotupdater.database.SchemaVersion;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;

/**
 * The tables that a {@link JdbcDatabase} works with: whether they are there, and what to do if not.
 * Those of bundles are the same that the Node server creates, in version 0.31.0. Nothing is ever
 * dropped. Safe for use by many threads.
 *
 * <pre>{@code
 * JdbcSchema.of(dataSource).migrate();
 * }</pre>
 *
 * <p>The tables of apps and releases, and those of devices, are this library's alone, with versions
 * of their own; the first is {@code 1}. No kind of tables needs another. Whoever uses releases and
 * devices creates all of them:
 *
 * <pre>{@code
 * JdbcSchema schema = JdbcSchema.of(dataSource);
 * schema.migrate();
 * schema.migrateReleases();
 * schema.migrateDevices();
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

  /** The SQL that creates the tables of apps and releases, for those who run it themselves. */
  public static String generateReleases(Dialect dialect) {
    return script(
        "Hot Updater tables of releases " + OwnTables.VERSION + " for " + dialect,
        SchemaParts.RELEASES.create(dialect));
  }

  /** The SQL that creates the tables of devices, for those who run it themselves. */
  public static String generateDevices(Dialect dialect) {
    return script(
        "Hot Updater tables of devices " + OwnTables.VERSION + " for " + dialect,
        SchemaParts.DEVICES.create(dialect));
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

  private static String script(String title, SchemaScript script) {
    StringBuilder text = new StringBuilder("-- ").append(title).append('\n');
    for (SchemaStep step : script.steps()) {
      text.append('\n').append(step.sql()).append(";\n");
    }
    return text.append('\n').append(script.recordVersion()).append(";\n").toString();
  }

  /** How far the database is. Changes nothing. */
  public SchemaStatus status() {
    return run(reading, timeout, SchemaParts.BUNDLES::read);
  }

  /** How far the database is with the tables of apps and releases. Changes nothing. */
  public SchemaStatus releaseStatus() {
    return run(reading, timeout, SchemaParts.RELEASES::read);
  }

  /** How far the database is with the tables of devices. Changes nothing. */
  public SchemaStatus deviceStatus() {
    return run(reading, timeout, SchemaParts.DEVICES::read);
  }

  /**
   * The statements that {@link #migrate} would execute now; none if there is nothing to do. Changes
   * nothing.
   *
   * @throws SchemaException if the database cannot be migrated; the message says why
   */
  public List<String> plan() {
    return plan(SchemaParts.BUNDLES);
  }

  /**
   * The statements that {@link #migrateReleases} would execute now; none if there is nothing to do.
   * Changes nothing.
   *
   * @throws SchemaException if the tables cannot be migrated; the message says why
   */
  public List<String> planReleases() {
    return plan(SchemaParts.RELEASES);
  }

  /**
   * The statements that {@link #migrateDevices} would execute now; none if there is nothing to do.
   * Changes nothing.
   *
   * @throws SchemaException if the tables cannot be migrated; the message says why
   */
  public List<String> planDevices() {
    return plan(SchemaParts.DEVICES);
  }

  private List<String> plan(SchemaPart part) {
    return run(reading, timeout, session -> PendingMigration.statements(session, part));
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
    return migrate(SchemaParts.BUNDLES);
  }

  /**
   * Creates the tables of apps and releases, in a database with or without those of bundles, which
   * are left as they are. Otherwise it is like {@link #migrate}.
   *
   * @return the statements that were executed; none if there was nothing to do
   * @throws SchemaException if the tables cannot be migrated; the message says why, and nothing was
   *     changed
   */
  public List<String> migrateReleases() {
    return migrate(SchemaParts.RELEASES);
  }

  /**
   * Creates the tables of what devices told and of the channels that they were given to, in a
   * database with or without any of the others, which are left as they are. Otherwise it is like
   * {@link #migrate}.
   *
   * @return the statements that were executed; none if there was nothing to do
   * @throws SchemaException if the tables cannot be migrated; the message says why, and nothing was
   *     changed
   */
  public List<String> migrateDevices() {
    return migrate(SchemaParts.DEVICES);
  }

  private List<String> migrate(SchemaPart part) {
    return run(
        migrating,
        LOCK_TIMEOUT,
        session ->
            MigrationLock.of(session.dialect())
                .holding(session, LOCK_TIMEOUT, () -> migrate(session, part)));
  }

  private static List<String> migrate(Session session, SchemaPart part) {
    List<String> statements = PendingMigration.statements(session, part);
    for (String statement : statements) {
      session.handle().execute(statement);
    }
    return statements;
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
