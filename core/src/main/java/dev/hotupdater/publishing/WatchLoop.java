package dev.hotupdater.publishing;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the watch again and again, in one thread of its own, until it is closed. */
final class WatchLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReleasePublishing.class);

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "hotupdater-uploads");
            thread.setDaemon(true);
            return thread;
          });
  private final UploadWatch watch;

  // Used by the thread of the loop alone.
  private boolean isFailing;

  private WatchLoop(UploadWatch watch) {
    this.watch = watch;
  }

  static WatchLoop start(UploadWatch watch, Duration interval) {
    WatchLoop loop = new WatchLoop(watch);
    // It ends with the executor.
    Future<?> unused =
        loop.executor.scheduleWithFixedDelay(
            loop::run, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    return loop;
  }

  private void run() {
    try {
      watch.tick();
      isFailing = false;
    } catch (RuntimeException | Error e) {
      // Whatever it is, the next turn must come.
      if (!isFailing && !executor.isShutdown()) {
        log.warn("Uploads cannot be looked for; this is tried again and again", e);
      }
      isFailing = true;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
