package dev.hotupdater.jdbc;

import dev.hotupdater.database.HintListener;
import dev.hotupdater.database.HintSubscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives change hints, from one thread with one connection, which are there for as long as somebody
 * listens. Safe for use by many threads.
 */
final class ChangeWatch {
  private static final Logger log = LoggerFactory.getLogger(ChangeWatch.class);

  /** The thread needs a fraction of it, unless its network is silent. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(1);

  private final TimedConnections connections;
  private final List<HintListener> listeners = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  private @Nullable Watcher watcher;

  /** The thread and what it does. */
  private record Watcher(Thread thread, WatchLoop loop) {}

  /** Creates a watch that has no thread and no connection yet. */
  ChangeWatch(DataSource dataSource, Duration timeout) {
    connections = TimedConnections.forStatements(dataSource, timeout, () -> {});
  }

  HintSubscription subscribe(Runnable listener) {
    HintListener added = new HintListener(listener);
    synchronized (lock) {
      listeners.add(added);
      if (watcher == null) {
        watcher = start();
      }
    }
    return () -> {
      added.close();
      remove(added);
    };
  }

  private Watcher start() {
    WatchLoop loop = new WatchLoop(connections, () -> listeners.forEach(HintListener::hint));
    Thread thread = new Thread(loop, "hotupdater-jdbc-hints");
    thread.setDaemon(true);
    thread.start();
    return new Watcher(thread, loop);
  }

  private void remove(HintListener listener) {
    Watcher last;
    synchronized (lock) {
      listeners.remove(listener);
      if (!listeners.isEmpty() || watcher == null) {
        return;
      }
      last = watcher;
      watcher = null;
    }
    stop(last);
  }

  /** Waits for the connection to be handed back, so that its pool can be closed. */
  private static void stop(Watcher watcher) {
    watcher.loop().stop();
    if (watcher.thread().equals(Thread.currentThread())) {
      return;
    }
    try {
      watcher.thread().join(LONGEST_STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.debug("Interrupted while waiting for the thread for change hints to end");
    }
  }

  /** Hands the connection back for a while, because others have waited long for one. */
  void giveWay() {
    synchronized (lock) {
      if (watcher != null) {
        watcher.loop().giveWay();
      }
    }
  }
}
