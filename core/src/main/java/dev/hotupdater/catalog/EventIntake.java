package dev.hotupdater.catalog;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.device.DeviceEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events in at once and has them written in the background, by a thread that starts with the
 * first of them. Safe for use by many threads.
 */
final class EventIntake implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventIntake.class);
  private static final Duration LONGEST_FLUSH = Duration.ofSeconds(30);
  private static final long LOG_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

  private final EventQueue queue;
  private final RecentEvents recent;
  private final EventWriter events;
  private final Duration longestClose;
  private final AtomicLong logDueAt = new AtomicLong(System.nanoTime());
  private final Object starting = new Object();
  private volatile @Nullable Thread writer;

  /**
   * Creates one that no thread works for yet.
   *
   * @param capacity how many events of a tenant may wait
   * @param longestClose how long closing it may take
   */
  EventIntake(DeviceDatabase database, int capacity, Duration longestClose) {
    queue = new EventQueue(capacity);
    recent = new RecentEvents(capacity);
    events = new EventWriter(database, queue);
    this.longestClose = longestClose;
  }

  /** Takes an event in, unless it was taken in lately; drops it if there is no room. */
  void take(RequestContext context, DeviceEvent event) {
    if (queue.dropIfFull(context, event)) {
      // In a flood even looking whether it was told before is too much.
      logDropped();
      return;
    }
    if (!recent.add(context, event)) {
      return;
    }
    if (queue.offer(context, event)) {
      startWriter();
    } else {
      // When the device tells it again there may be room.
      recent.remove(context, event);
      logDropped();
    }
  }

  private void startWriter() {
    if (writer != null) {
      return;
    }
    synchronized (starting) {
      if (writer == null) {
        Thread thread = new Thread(events, "hotupdater-devices-write");
        thread.setDaemon(true);
        thread.start();
        writer = thread;
      }
    }
  }

  private void logDropped() {
    long dueAt = logDueAt.get();
    long now = System.nanoTime();
    if (now - dueAt >= 0 && logDueAt.compareAndSet(dueAt, now + LOG_INTERVAL_NANOS)) {
      log.warn(
          "Events of devices are dropped, {} since the start: more come than the database takes, or"
              + " it cannot be written. The counts of releases lack them, and a failure among them"
              + " is known to this server alone, until it next reads everything anew",
          queue.statistics().dropped());
    }
  }

  /** Whether an event of this context that is not in the database yet is such. */
  boolean isWaiting(RequestContext context, Predicate<DeviceEvent> condition) {
    return queue.isWaiting(context, condition);
  }

  /** The events of this context that are not in the database yet. */
  List<DeviceEvent> waiting(RequestContext context) {
    return queue.waiting(context);
  }

  /**
   * Waits until what was taken in before for this context is in the database; or for all contexts,
   * if this one has no cache key.
   *
   * @throws DatabaseUnavailableException if that takes too long; it goes on being tried
   */
  void flush(RequestContext context) {
    try {
      if (!queue.flush(context, LONGEST_FLUSH)) {
        throw new DatabaseUnavailableException(
            "The events of devices could not be recorded within "
                + LONGEST_FLUSH.toSeconds()
                + " seconds. They wait in memory, and recording them is retried.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException(
          "The thread was interrupted while it waited for events of devices to be recorded.", e);
    }
  }

  DeviceIntake statistics() {
    return queue.statistics();
  }

  /** Writes what waits, for as long as closing may take at most, and ends the thread. */
  @Override
  public void close() {
    queue.close();
    synchronized (starting) {
      if (writer != null) {
        awaitEnd(writer, longestClose);
      }
    }
    int lost = queue.drain();
    if (lost > 0) {
      log.warn("{} events of devices are lost: they were not recorded before the end", lost);
    }
  }

  private static void awaitEnd(Thread thread, Duration longest) {
    try {
      thread.join(longest.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
