package dev.hotupdater.jdbc;

import dev.hotupdater.database.DatabaseUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;

/** Keeps everybody else who migrates the same database waiting. */
interface MigrationLock {
  /** Does work while no other process does; all of it or nothing, where the database can. */
  <T> T holding(Session session, Duration timeout, Supplier<T> work);

  static MigrationLock of(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> new Postgres();
      case MYSQL -> new MySql();
      case SQLITE -> new Sqlite();
    };
  }

  /** A transaction with a lock that ends with it. */
  final class Postgres implements MigrationLock {
    /** The letters "hotupdat"; any number will do that nobody else locks. */
    private static final long NUMBER = 0x686f_7475_7064_6174L;

    @Override
    public <T> T holding(Session session, Duration timeout, Supplier<T> work) {
      return session
          .handle()
          .inTransaction(
              handle -> {
                handle.execute("set local lock_timeout = '" + timeout.toMillis() + "ms'");
                handle.execute("select pg_advisory_xact_lock(" + NUMBER + ")");
                return work.get();
              });
    }
  }

  /** A named lock, because statements that change tables end every transaction. */
  final class MySql implements MigrationLock {
    /** Names are common to all databases of a server, and at most 64 characters long. */
    private static final String NAME = "concat('hotupdater.schema.', md5(database()))";

    @Override
    public <T> T holding(Session session, Duration timeout, Supplier<T> work) {
      if (number(session, "select get_lock(" + NAME + ", " + timeout.toSeconds() + ")") != 1) {
        throw new DatabaseUnavailableException(
            "Another process has been migrating this database for "
                + Durations.text(timeout)
                + ". Wait until it is done, then try again.");
      }
      try {
        long before = number(session, "select @@session.lock_wait_timeout");
        session.handle().execute("set session lock_wait_timeout = " + timeout.toSeconds());
        try {
          return work.get();
        } finally {
          session.handle().execute("set session lock_wait_timeout = " + before);
        }
      } finally {
        number(session, "select release_lock(" + NAME + ")");
      }
    }

    private static long number(Session session, String sql) {
      return session.query(Sql.of(sql)).mapTo(Long.class).findFirst().orElse(0L);
    }
  }

  /** A transaction that is the only one to write from its beginning on. */
  final class Sqlite implements MigrationLock {
    @Override
    public <T> T holding(Session session, Duration timeout, Supplier<T> work) {
      session.handle().execute("begin immediate");
      boolean done = false;
      try {
        T result = work.get();
        session.handle().execute("commit");
        done = true;
        return result;
      } finally {
        if (!done) {
          session.handle().execute("rollback");
        }
      }
    }
  }
}
