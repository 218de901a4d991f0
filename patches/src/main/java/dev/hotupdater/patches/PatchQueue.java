package dev.hotupdater.patches;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.catalog.CatalogChange;
import dev.hotupdater.catalog.CatalogListener;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.Backend;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the patches of published bundles made in the background, one bundle after the other. Safe for
 * use by many threads.
 */
final class PatchQueue implements CatalogListener {
  private static final Logger log = LoggerFactory.getLogger(BundlePatches.class);
  private static final int CAPACITY = 100;
  private static final long IDLE_SECONDS = 30;

  private final BundlePatches patches;
  private final Backend backend;
  private final ThreadPoolExecutor thread = daemon();

  PatchQueue(BundlePatches patches, Backend backend) {
    this.patches = patches;
    this.backend = backend;
  }

  /** One thread, which ends when there is nothing to do for a while. */
  private static ThreadPoolExecutor daemon() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(CAPACITY),
            task -> {
              Thread thread = new Thread(task, "hotupdater-patches");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  @Override
  public void published(List<Bundle> bundles, RequestContext context) {
    bundles.stream()
        .filter(bundle -> bundle.manifestStorageUri().isPresent())
        .forEach(bundle -> enqueue(bundle.id(), context));
  }

  @Override
  public void changed(CatalogChange change) {
    // Only what is published here: every server hears of a change, and one is to make the patches.
  }

  private void enqueue(BundleId id, RequestContext context) {
    try {
      thread.execute(() -> make(id, context));
    } catch (RejectedExecutionException e) {
      log.warn(
          "No patches for {}: {}. Make them with BundlePatches.make(…)",
          id,
          thread.isShutdown()
              ? "the server is closed"
              : CAPACITY + " published bundles are waiting for theirs");
    }
  }

  private void make(BundleId id, RequestContext context) {
    try {
      patches.make(backend, id, context);
    } catch (RuntimeException | OutOfMemoryError e) {
      if (thread.isShutdown()) {
        log.info("The patches of {} were not completed, as the server is closed", id);
        return;
      }
      log.error(
          "Not all patches of {} could be made; devices download the whole file."
              + " Once the cause is gone, make them with BundlePatches.make(…)",
          id,
          e);
    }
  }

  @Override
  public void closed() {
    int waiting = thread.shutdownNow().size();
    if (waiting > 0) {
      log.warn("The server was closed before {} published bundles got their patches", waiting);
    }
  }
}
