package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assumptions.abort;

import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database server that the tests share. It starts when the first test asks for a database, and
 * ends with the virtual machine. Where it cannot start, the tests that need it are skipped and say
 * why.
 */
abstract class TestServer {
  static final TestServer SQLITE = new SqliteFiles();
  static final TestServer POSTGRESQL = new PostgresServer();
  static final TestServer MARIADB = new MariaDbServer();

  private static final int POOL_SIZE = 10;

  private final Dialect dialect;
  private final AtomicInteger databases = new AtomicInteger();
  private boolean started;
  private @Nullable HikariDataSource shared;
  private @Nullable Throwable failure;

  TestServer(Dialect dialect) {
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Starts the server. */
  abstract void start() throws Exception;

  /** Creates an empty database with this name. */
  abstract DataSource create(String name) throws Exception;

  /** An empty database that no other test uses. */
  final DataSource unpooled() throws Exception {
    startOnce();
    return create("test_" + databases.incrementAndGet());
  }

  /** A pool of connections to an empty database that no other test uses. */
  final HikariDataSource pooled() throws Exception {
    return pool(unpooled());
  }

  /**
   * A pool of connections to a database with the current schema and no bundles. It is always the
   * same one, emptied, because creating tables takes longer than most tests.
   */
  final HikariDataSource emptied() throws Exception {
    if (shared == null) {
      shared = pooled();
      JdbcSchema.of(shared).migrate();
    }
    Fixtures.execute(
        shared,
        "delete from bundle_patches",
        "delete from bundles",
        "delete from private_hot_updater_settings where value <> '0.31.0'");
    return shared;
  }

  /** A pool that starts with its first connection. */
  static HikariDataSource pool(DataSource dataSource) {
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(dataSource);
    pool.setMaximumPoolSize(POOL_SIZE);
    pool.setMinimumIdle(0);
    return pool;
  }

  private synchronized void startOnce() {
    if (!started) {
      started = true;
      try {
        start();
      } catch (Exception | LinkageError e) {
        failure = e;
      }
    }
    if (failure != null) {
      abort(dialect + " cannot be started on this machine: " + failure);
    }
  }
}
