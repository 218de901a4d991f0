package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.catalog.CatalogChange;
import dev.hotupdater.catalog.CatalogListener;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the paths that changes affect, and has them purged in the background, one call at a
 * time. Safe for use by many threads.
 */
final class PurgeQueue implements CatalogListener {
  private static final Logger log = LoggerFactory.getLogger(PurgeQueue.class);
  private static final int MAX_ATTEMPTS = 10;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;
  private static final long IDLE_SECONDS = 30;

  private final AffectedPaths paths;
  private final CachePurge purge;
  private final ExecutorService thread = daemon();
  private final Set<String> pending = new TreeSet<>();

  PurgeQueue(AffectedPaths paths, CachePurge purge) {
    this.paths = paths;
    this.purge = purge;
  }

  /** One thread, which ends when there is nothing to do for a while. */
  private static ExecutorService daemon() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "hotupdater-purge");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** Has the paths purged that a change affects. */
  @Override
  public void changed(CatalogChange change) {
    Set<String> affected = paths.of(change);
    if (affected.isEmpty()) {
      return;
    }
    synchronized (pending) {
      boolean isQueued = !pending.isEmpty();
      pending.addAll(affected);
      if (!isQueued) {
        execute();
      }
    }
  }

  private void execute() {
    try {
      thread.execute(this::purgePending);
    } catch (RejectedExecutionException e) {
      log.debug("A change came after the server was closed");
    }
  }

  @Override
  public void closed() {
    thread.shutdownNow();
  }

  private void purgePending() {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      Set<String> taken = take();
      if (taken.isEmpty()) {
        return;
      }
      try {
        purge.purge(taken);
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (Exception | Error e) {
        log.warn("Attempt {} of {} to purge {} failed", attempt, MAX_ATTEMPTS, taken, e);
        giveBack(taken);
        if (!pause(attempt)) {
          return;
        }
      }
    }
    log.error("Not purged, and caches may answer with what is not right any more: {}", take());
  }

  /** What is pending. Whatever is added from now on is queued anew. */
  private Set<String> take() {
    synchronized (pending) {
      Set<String> taken = Set.copyOf(pending);
      pending.clear();
      return taken;
    }
  }

  /** Without queueing it again: it is still being tried. */
  private void giveBack(Set<String> taken) {
    synchronized (pending) {
      pending.addAll(taken);
    }
  }

  private static boolean pause(int attempt) {
    try {
      Thread.sleep(Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << (attempt - 1)));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
