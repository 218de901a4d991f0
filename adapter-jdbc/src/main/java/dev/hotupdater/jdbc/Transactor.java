package dev.hotupdater.jdbc;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.SchemaException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Runs work on the database: in the right kind of transaction, again if it collided with another
 * one, and with failures that say what to do about them.
 */
final class Transactor {
  private static final int MAX_ATTEMPTS = 8;
  private static final long FIRST_PAUSE_MILLIS = 10;

  private final TimedConnections connections;
  private final Duration timeout;
  private final SchemaPart schema;
  private final Jdbi jdbi;
  private volatile boolean schemaIsCurrent;

  /**
   * Creates a transactor.
   *
   * @param timeout the one of the connections
   * @param schema the tables that the work needs
   */
  Transactor(TimedConnections connections, Duration timeout, SchemaPart schema) {
    this.connections = connections;
    this.timeout = timeout;
    this.schema = schema;
    jdbi = jdbi(connections);
  }

  /** Jdbi over these connections, for SQL that is complete as it is. */
  static Jdbi jdbi(TimedConnections connections) {
    Jdbi jdbi = Jdbi.create(connections);
    jdbi.getConfig(SqlStatements.class)
        .setTemplateEngine(TemplateEngine.NOP)
        .setSqlParser(new QuestionMarks());
    return jdbi;
  }

  /** Checks that the schema is there and is the current one. */
  void checkSchema() {
    attempt(this::requireCurrentSchema);
    schemaIsCurrent = true;
  }

  private boolean requireCurrentSchema(Handle handle) {
    schema.requireCurrent(session(handle));
    return true;
  }

  /** One statement that needs no transaction. */
  <T> T query(Function<Session, T> work) {
    return run(handle -> work.apply(session(handle)));
  }

  /** Several reads of one and the same state. */
  <T> T read(Function<Session, T> work) {
    return run(handle -> inTransaction(handle, TransactionIsolationLevel.REPEATABLE_READ, work));
  }

  /**
   * Reads and writes that happen all or not at all. The first statement must lock what keeps other
   * writers away; everything after it sees what they have committed before.
   */
  void write(Consumer<Session> work) {
    writeFor(
        session -> {
          work.accept(session);
          return true;
        });
  }

  /** The same with a result. */
  <T> T writeFor(Function<Session, T> work) {
    return run(handle -> inTransaction(handle, TransactionIsolationLevel.READ_COMMITTED, work));
  }

  private <T> T inTransaction(
      Handle handle, TransactionIsolationLevel level, Function<Session, T> work) {
    Session session = session(handle);
    return switch (session.dialect()) {
      case POSTGRESQL ->
          handle.inTransaction(
              h -> {
                // One message instead of three, and a limit that the server keeps by itself: the
                // driver's own asks a server to stop that may not be listening any more.
                h.execute(
                    "set transaction isolation level "
                        + level.name().replace('_', ' ')
                        + "; set local statement_timeout = "
                        + Durations.millis(timeout));
                return work.apply(session);
              });
      case MYSQL -> handle.inTransaction(level, h -> work.apply(session));
      // There is one isolation level only, and that is the strictest.
      case SQLITE -> handle.inTransaction(h -> work.apply(session));
    };
  }

  private Session session(Handle handle) {
    Dialect dialect = connections.dialect();
    if (dialect != Dialect.POSTGRESQL) {
      handle.getConfig(SqlStatements.class).setQueryTimeout(Durations.seconds(timeout));
    }
    return new Session(handle, dialect);
  }

  private <T> T run(Function<Handle, T> work) {
    if (!schemaIsCurrent) {
      checkSchema();
    }
    return attempt(work);
  }

  private <T> T attempt(Function<Handle, T> work) {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        return jdbi.withHandle(work::apply);
      } catch (JdbiException e) {
        Optional<SQLException> cause = Failure.sqlException(e);
        if (cause.isEmpty()) {
          throw new DatabaseException(
              "Working with the database failed: " + e.getClass().getSimpleName() + ".", e);
        }
        Failure failure = Failure.of(cause.get(), connections.dialect());
        if (failure != Failure.COLLISION
            || attempt == MAX_ATTEMPTS
            || System.nanoTime() > deadline) {
          throw exception(failure, cause.get());
        }
        pause(attempt);
      }
    }
  }

  private static void pause(int attempt) {
    long longest = FIRST_PAUSE_MILLIS << attempt;
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(FIRST_PAUSE_MILLIS, longest + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException("Interrupted between two attempts to write.", e);
    }
  }

  private DatabaseException exception(Failure failure, SQLException cause) {
    if (failure == Failure.SCHEMA) {
      schemaIsCurrent = false;
      return schemaException(cause);
    }
    return failure.exception(cause, timeout);
  }

  /** Which version is there decides what to do about a missing table. */
  private SchemaException schemaException(SQLException cause) {
    SchemaException exception;
    try {
      exception = jdbi.withHandle(handle -> schema.exception(schema.read(session(handle))));
    } catch (JdbiException e) {
      exception = schema.exception(schema.status(Optional.empty()));
    }
    exception.initCause(cause);
    return exception;
  }
}
