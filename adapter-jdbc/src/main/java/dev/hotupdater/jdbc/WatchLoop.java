package dev.hotupdater.jdbc;

import dev.hotupdater.database.Backoff;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the thread of a {@link ChangeWatch} does until it is stopped: keeps a connection, looks for
 * changes on it, and opens another one when it is lost.
 */
final class WatchLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(WatchLoop.class);

  /** A connection that lasts so long works; one that does not may be lost again and again. */
  private static final Duration PROBATION = Duration.ofSeconds(10);

  /** Long, because somebody has to wait each time it is found that connections are scarce. */
  private static final Duration REST = Duration.ofHours(1);

  private final TimedConnections connections;
  private final Runnable hint;
  private final Backoff backoff = new Backoff();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean inTheWay;

  WatchLoop(TimedConnections connections, Runnable hint) {
    this.connections = connections;
    this.hint = hint;
  }

  /** Makes the thread end, soon but not at once. */
  void stop() {
    stopped.countDown();
  }

  /** Makes the thread do without its connection for a while, if it is one that works. */
  void giveWay() {
    inTheWay = true;
  }

  @Override
  public void run() {
    try {
      Optional<Duration> pause = Optional.of(Duration.ZERO);
      while (pause.isPresent() && !stops(pause.get())) {
        pause = watch();
      }
    } catch (InterruptedException e) {
      log.debug("The thread for change hints was interrupted and ends");
    }
  }

  private boolean stops(Duration longest) throws InterruptedException {
    return stopped.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Watches for as long as it goes well; returns the pause until the next time, if any. */
  private Optional<Duration> watch() throws InterruptedException {
    try {
      Connection connection = connections.openConnection();
      try {
        return watch(connection);
      } finally {
        connections.closeConnection(connection);
      }
    } catch (SQLException | RuntimeException | Error e) {
      return Optional.of(lost(e));
    }
  }

  private Optional<Duration> watch(Connection connection)
      throws SQLException, InterruptedException {
    inTheWay = false;
    Optional<ChangeProbe> opened = ChangeProbe.open(connection, connections.dialect());
    if (opened.isEmpty()) {
      log.info("This database gives no change hints; changes are found by asking");
      return Optional.empty();
    }
    try (ChangeProbe probe = opened.get()) {
      log.debug("Change hints come from {}", probe);
      // Whatever changed while nobody looked.
      hint.run();
      return watch(probe);
    }
  }

  private Optional<Duration> watch(ChangeProbe probe) throws SQLException, InterruptedException {
    long start = System.nanoTime();
    while (!stops(probe.pause())) {
      if (probe.look()) {
        hint.run();
      }
      if (inTheWay) {
        log.warn(
            "Change hints give their database connection back for {} minutes, because there was no"
                + " other one for a call. Make the pool larger by one, give hints a data source of"
                + " their own (hintDataSource), or do without them (withoutHints).",
            REST.toMinutes());
        return Optional.of(REST);
      }
      if (!backoff.isFresh() && System.nanoTime() - start > PROBATION.toNanos()) {
        backoff.reset();
      }
    }
    return Optional.empty();
  }

  private Duration lost(Throwable e) {
    if (stopped.getCount() > 0 && backoff.isFresh()) {
      log.info(
          "There are no change hints from the database at the moment{}; changes are found by"
              + " asking, and connecting is tried again in the background",
          Failure.code(e));
    }
    log.debug("The connection for change hints was lost or could not be opened", e);
    return backoff.next();
  }
}
