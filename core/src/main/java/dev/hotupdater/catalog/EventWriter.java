package dev.hotupdater.catalog;

import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.database.SchemaException;
import dev.hotupdater.device.DeviceEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what waits to the database, and again after a pause if that fails. The work of one thread.
 */
final class EventWriter implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(EventWriter.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final int MOST_DOUBLINGS = 8;

  /** After so many failures it may be one of the events that the database does not take. */
  private static final int PATIENCE = 3;

  private final DeviceDatabase database;
  private final EventQueue queue;
  private boolean failing;

  EventWriter(DeviceDatabase database, EventQueue queue) {
    this.database = database;
    this.queue = queue;
  }

  @Override
  public void run() {
    try {
      Optional<EventQueue.Batch> batch = queue.next();
      while (batch.isPresent()) {
        write(batch.get());
        batch = queue.next();
      }
    } catch (InterruptedException e) {
      // The server is closed, and has waited long enough.
      Thread.currentThread().interrupt();
    }
  }

  private void write(EventQueue.Batch batch) {
    try {
      DeviceStore store = database.devices(batch.context());
      Set<DeviceEvent> refused =
          batch.failures() < PATIENCE ? writeTogether(store, batch) : writeOneByOne(store, batch);
      queue.written(batch, refused);
      if (failing) {
        failing = false;
        log.info("Events of devices can be recorded again");
      }
    } catch (RuntimeException | Error e) {
      // Whatever it is, what waits must not be lost.
      if (!failing) {
        failing = true;
        log.warn("Events of devices cannot be recorded; they wait in memory and are retried", e);
      }
      queue.failed(batch, pauseAfter(batch.failures()));
    }
  }

  private static Set<DeviceEvent> writeTogether(DeviceStore store, EventQueue.Batch batch) {
    store.record(batch.events(), now());
    return Set.of();
  }

  /** Returns those that the database refuses twice while it takes others. */
  private static Set<DeviceEvent> writeOneByOne(DeviceStore store, EventQueue.Batch batch) {
    Map<DeviceEvent, RuntimeException> refused = refusedOf(store, batch.events());
    if (refused.size() == batch.events().size()) {
      // It takes nothing at all, which is not the fault of the events.
      throw refused.values().iterator().next();
    }
    // Those before the first that was taken may have come too early.
    Map<DeviceEvent, RuntimeException> again = refusedOf(store, refused.keySet());
    if (!again.isEmpty()) {
      log.error(
          "The database refuses {} events of devices, which are dropped",
          again.size(),
          again.values().iterator().next());
    }
    return again.keySet();
  }

  private static Map<DeviceEvent, RuntimeException> refusedOf(
      DeviceStore store, Collection<DeviceEvent> events) {
    Map<DeviceEvent, RuntimeException> refused = new IdentityHashMap<>();
    for (DeviceEvent event : events) {
      try {
        store.record(List.of(event), now());
      } catch (DatabaseUnavailableException | SchemaException e) {
        throw e;
      } catch (RuntimeException e) {
        refused.put(event, e);
      }
    }
    return refused;
  }

  private static Duration pauseAfter(int failures) {
    return SHORTEST_PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
