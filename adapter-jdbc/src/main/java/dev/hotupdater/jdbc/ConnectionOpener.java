package dev.hotupdater.jdbc;

import dev.hotupdater.database.DatabaseUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a data source for connections and does not wait longer than it may. Many drivers wait
 * without limit for a server that accepts a connection and then says nothing, so they are asked on
 * another thread; one that is stuck there hands its connection back whenever it comes.
 */
final class ConnectionOpener {
  private static final Logger log = LoggerFactory.getLogger(ConnectionOpener.class);

  /** Calls beyond these wait for their turn, so that a dead server does not collect threads. */
  private static final int MAX_PENDING = 32;

  private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

  /** Who waits longer, or for half of the time that there is, says that connections are scarce. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final DataSource dataSource;
  private final Duration timeout;
  private final Runnable whenScarce;
  private final Semaphore pending = new Semaphore(MAX_PENDING, true);
  private final Executor threads;

  /**
   * Creates an opener.
   *
   * @param whenScarce asks whoever can do without a connection to hand it back; returns at once
   */
  ConnectionOpener(DataSource dataSource, Duration timeout, Runnable whenScarce) {
    this.dataSource = dataSource;
    this.timeout = timeout;
    this.whenScarce = whenScarce;
    threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_THREAD.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            ConnectionOpener::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "hotupdater-jdbc-connect");
    thread.setDaemon(true);
    return thread;
  }

  Connection open() {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      if (!pending.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw tooLate();
      }
      return open(deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException(
          "Interrupted while waiting for a database connection.", e);
    }
  }

  private Connection open(long deadline) throws InterruptedException {
    CompletableFuture<Connection> handover = new CompletableFuture<>();
    try {
      threads.execute(() -> attempt(handover));
    } catch (RuntimeException | Error e) {
      pending.release();
      throw e;
    }
    try {
      return await(handover, deadline);
    } catch (TimeoutException | InterruptedException e) {
      if (!handover.completeExceptionally(e) && !handover.isCompletedExceptionally()) {
        // It came at the last moment after all.
        close(handover.join());
      }
      if (e instanceof InterruptedException) {
        throw (InterruptedException) e;
      }
      throw tooLate();
    } catch (ExecutionException e) {
      throw refused(e.getCause() == null ? e : e.getCause());
    }
  }

  private Connection await(CompletableFuture<Connection> handover, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    long left = deadline - System.nanoTime();
    try {
      return handover.get(Math.min(PATIENCE.toNanos(), left / 2), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      whenScarce.run();
      return handover.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  private void attempt(CompletableFuture<Connection> handover) {
    try {
      Connection connection = dataSource.getConnection();
      if (!handover.complete(connection)) {
        close(connection);
      }
    } catch (SQLException | RuntimeException | LinkageError e) {
      handover.completeExceptionally(e);
    } finally {
      pending.release();
    }
  }

  void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      log.debug("Could not close a database connection", e);
    }
  }

  private DatabaseUnavailableException tooLate() {
    return new DatabaseUnavailableException(
        "No database connection within "
            + Durations.text(timeout)
            + ". Check that the database is running and reachable, and that the pool is large"
            + " enough.");
  }

  /** The driver's own message stays in the cause: some drivers put the whole URL into it. */
  private static DatabaseUnavailableException refused(Throwable cause) {
    return new DatabaseUnavailableException(
        "Could not connect to the database"
            + Failure.code(cause)
            + ". Check that it is running and reachable, and the URL, user and password of the data"
            + " source.",
        cause);
  }
}
