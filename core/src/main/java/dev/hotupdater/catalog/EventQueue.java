package dev.hotupdater.catalog;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The events that are not in the database yet, in a lane for each context, so that a tenant whose
 * database is away holds up no other. Bounded: a lane by its capacity, all together by that of two
 * lanes, so that one tenant cannot use it up; the last fifth of either is for failures alone. Safe
 * for use by many threads; one takes batches.
 *
 * <p>The lock is held for short steps alone, never while the database is asked.
 */
final class EventQueue {
  /** The most events that are written at once. */
  static final int MAX_BATCH = 500;

  private static final long COLLECTING_NANOS = Duration.ofMillis(250).toNanos();
  private static final long LONGEST_WAIT_NANOS = Duration.ofHours(1).toNanos();
  private static final int FULL_LANES = 2;

  /** What part of the room is for failures alone: a fifth. */
  private static final int FAILURE_PART = 5;

  /** Stands for all lanes where one is named. */
  private static final Object ALL_LANES = new Object();

  private final int laneCapacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition progress = lock.newCondition();

  // Used with the lock alone. An event stays in its lane until it is written.
  private final Map<Object, Lane> lanes = new LinkedHashMap<>();
  private final Map<Object, Integer> flushing = new HashMap<>();
  private long told;
  private long recorded;
  private long dropped;
  private int waiting;
  private long wakesAt = System.nanoTime();
  private boolean closed;

  private static final class Lane {
    private final RequestContext context;
    private final ArrayDeque<Told> events = new ArrayDeque<>();
    private int failures;
    private long dueAt;

    Lane(RequestContext context, long dueAt) {
      this.context = context;
      this.dueAt = dueAt;
    }
  }

  private record Told(DeviceEvent event, long number) {}

  /**
   * Events to write together.
   *
   * @param context whose they are
   * @param events one at least
   * @param failures how often writing for this context has failed in a row
   */
  record Batch(RequestContext context, List<DeviceEvent> events, int failures) {}

  /**
   * Creates an empty one.
   *
   * @param laneCapacity how many events of a context may wait
   */
  EventQueue(int laneCapacity) {
    this.laneCapacity = laneCapacity;
  }

  /** Contexts without a cache key may differ in anything, so each is a tenant of its own. */
  private static Object laneKey(RequestContext context) {
    return context.cacheKey().<Object>map(key -> key).orElse(context);
  }

  /** Counts an event as dropped if there is no room for it, or the queue is closed. */
  boolean dropIfFull(RequestContext context, DeviceEvent event) {
    lock.lock();
    try {
      boolean full = !hasRoom(context, event);
      if (full) {
        dropped++;
      }
      return full;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(RequestContext context, DeviceEvent event) {
    Lane lane = lanes.get(laneKey(context));
    int inLane = lane == null ? 0 : lane.events.size();
    return !closed
        && inLane < room(laneCapacity, event)
        && waiting < room(laneCapacity * FULL_LANES, event);
  }

  private static int room(int capacity, DeviceEvent event) {
    boolean isFailure = event.outcome() == DeviceOutcome.FAILED;
    return isFailure ? capacity : capacity - capacity / FAILURE_PART;
  }

  /** Adds an event; false, and the event is dropped, if there is no room or the queue is closed. */
  boolean offer(RequestContext context, DeviceEvent event) {
    lock.lock();
    try {
      if (!hasRoom(context, event)) {
        dropped++;
        return false;
      }
      waiting++;
      Lane lane = lanes.get(laneKey(context));
      if (lane == null) {
        lane = new Lane(context, System.nanoTime() + COLLECTING_NANOS);
        lanes.put(laneKey(context), lane);
        wakeFor(lane.dueAt);
      }
      lane.events.add(new Told(event, ++told));
      if (lane.events.size() == MAX_BATCH && lane.failures == 0) {
        lane.dueAt = System.nanoTime();
        wakeFor(lane.dueAt);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void wakeFor(long dueAt) {
    if (dueAt - wakesAt < 0) {
      work.signal();
    }
  }

  /** Waits for the next events to write; empty once the queue is closed and nothing waits. */
  Optional<Batch> next() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        long now = System.nanoTime();
        long soonest = LONGEST_WAIT_NANOS;
        for (Lane lane : lanes.values()) {
          long pause = isHurried(lane) ? 0 : lane.dueAt - now;
          if (pause <= 0) {
            return Optional.of(batchOf(lane));
          }
          soonest = Math.min(soonest, pause);
        }
        if (closed) {
          return Optional.empty();
        }
        wakesAt = now + soonest;
        // The remaining time is computed anew in any case.
        long unused = work.awaitNanos(soonest);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isHurried(Lane lane) {
    return closed
        || lane.failures == 0
            && (flushing.containsKey(ALL_LANES) || flushing.containsKey(laneKey(lane.context)));
  }

  private static Batch batchOf(Lane lane) {
    List<DeviceEvent> events = new ArrayList<>();
    Iterator<Told> each = lane.events.iterator();
    while (each.hasNext() && events.size() < MAX_BATCH) {
      events.add(each.next().event());
    }
    return new Batch(lane.context, events, lane.failures);
  }

  /** Says that a batch is written, but for these of its events, which the database refuses. */
  void written(Batch batch, Set<DeviceEvent> refused) {
    lock.lock();
    try {
      recorded += batch.events().size() - refused.size();
      dropped += refused.size();
      Lane lane = removeFirst(batch, batch.events().size());
      lane.failures = 0;
      boolean isFull = lane.events.size() >= MAX_BATCH;
      putLast(lane, System.nanoTime() + (isFull ? 0 : COLLECTING_NANOS));
    } finally {
      lock.unlock();
    }
  }

  /** Says that a batch could not be written. It is again due after this pause. */
  void failed(Batch batch, Duration pause) {
    lock.lock();
    try {
      if (closed) {
        int count = laneOf(batch).events.size();
        removeFirst(batch, count);
        dropped += count;
        return;
      }
      Lane lane = removeFirst(batch, 0);
      lane.failures++;
      putLast(lane, System.nanoTime() + pause.toNanos());
    } finally {
      lock.unlock();
    }
  }

  private Lane laneOf(Batch batch) {
    return lanes.getOrDefault(laneKey(batch.context()), new Lane(batch.context(), 0));
  }

  private Lane removeFirst(Batch batch, int count) {
    Lane lane = laneOf(batch);
    lanes.remove(laneKey(batch.context()));
    for (int i = 0; i < count && !lane.events.isEmpty(); i++) {
      lane.events.remove();
      waiting--;
    }
    progress.signalAll();
    return lane;
  }

  /** Lets the others go first. */
  private void putLast(Lane lane, long dueAt) {
    if (!lane.events.isEmpty()) {
      lane.dueAt = dueAt;
      lanes.put(laneKey(lane.context), lane);
    }
  }

  /** Whether an event of this context that waits is such. */
  boolean isWaiting(RequestContext context, Predicate<DeviceEvent> condition) {
    return waiting(context).stream().anyMatch(condition);
  }

  /** The events of this context that wait. */
  List<DeviceEvent> waiting(RequestContext context) {
    lock.lock();
    try {
      Lane lane = lanes.get(laneKey(context));
      return lane == null ? List.of() : lane.events.stream().map(Told::event).toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has what waits now of this context written without delay, and waits until it is; or of all, if
   * this one has no cache key.
   *
   * @return whether it was in time
   */
  boolean flush(RequestContext context, Duration longest) throws InterruptedException {
    Object flushed = context.cacheKey().<Object>map(key -> key).orElse(ALL_LANES);
    lock.lock();
    try {
      flushing.merge(flushed, 1, Integer::sum);
      long last = told;
      long now = System.nanoTime();
      lanesOf(flushed).forEach(lane -> lane.dueAt = now);
      work.signal();
      long left = longest.toNanos();
      while (hasWaitingUntil(last, flushed)) {
        if (left <= 0) {
          return false;
        }
        left = progress.awaitNanos(left);
      }
      return true;
    } finally {
      flushing.computeIfPresent(flushed, (key, count) -> count == 1 ? null : count - 1);
      lock.unlock();
    }
  }

  private boolean hasWaitingUntil(long last, Object flushed) {
    return lanesOf(flushed).anyMatch(lane -> lane.events.element().number() <= last);
  }

  private Stream<Lane> lanesOf(Object flushed) {
    return flushed.equals(ALL_LANES)
        ? lanes.values().stream()
        : Stream.ofNullable(lanes.get(flushed));
  }

  DeviceIntake statistics() {
    lock.lock();
    try {
      return new DeviceIntake(recorded, dropped, waiting);
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more in; what waits is due now, and tried once. */
  void close() {
    lock.lock();
    try {
      closed = true;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Drops what still waits after the queue was closed. Returns how much that was. */
  int drain() {
    lock.lock();
    try {
      int left = waiting;
      dropped += left;
      waiting = 0;
      lanes.clear();
      progress.signalAll();
      return left;
    } finally {
      lock.unlock();
    }
  }
}
