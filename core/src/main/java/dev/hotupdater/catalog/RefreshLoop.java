package dev.hotupdater.catalog;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the same to all entries again and again, in a thread of its own. What fails is logged when
 * it begins to fail and when it works again, not every time.
 *
 * @param <E> the entries, told apart by {@code equals}
 */
final class RefreshLoop<E> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RefreshLoop.class);

  private final ScheduledExecutorService executor;
  private final Supplier<Collection<E>> entries;
  private final Consumer<E> refreshment;
  private final AtomicBoolean pending = new AtomicBoolean();

  // Used by the thread of the loop alone.
  private final Set<E> failing = new HashSet<>();

  private RefreshLoop(
      ScheduledExecutorService executor, Supplier<Collection<E>> entries, Consumer<E> refreshment) {
    this.executor = executor;
    this.entries = entries;
    this.refreshment = refreshment;
  }

  /** A loop that does nothing yet. */
  static <E> RefreshLoop<E> of(
      String threadName, Supplier<Collection<E>> entries, Consumer<E> refreshment) {
    return new RefreshLoop<>(
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            }),
        entries,
        refreshment);
  }

  /** Runs at this interval from now on. */
  void repeat(Duration interval) {
    long millis = interval.toMillis();
    // It ends with the executor.
    Future<?> unused =
        executor.scheduleWithFixedDelay(this::run, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Runs once more, in a moment. Calls that come before it runs are one. */
  void runSoon() {
    if (pending.compareAndSet(false, true)) {
      try {
        executor.execute(
            () -> {
              pending.set(false);
              run();
            });
      } catch (RejectedExecutionException e) {
        log.debug("A change hint came after the catalogue was closed");
      }
    }
  }

  private void run() {
    Collection<E> all = entries.get();
    failing.retainAll(all);
    all.forEach(this::refresh);
  }

  private void refresh(E entry) {
    try {
      refreshment.accept(entry);
      if (failing.remove(entry)) {
        log.info("The database can be read again");
      }
    } catch (RuntimeException | Error e) {
      // Whatever it is, the next turn must come.
      if (!executor.isShutdown() && failing.add(entry)) {
        log.warn("The database cannot be read; decisions go on from the last good state", e);
      }
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
