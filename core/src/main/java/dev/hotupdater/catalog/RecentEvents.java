package dev.hotupdater.catalog;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.device.DeviceEvent;
import java.util.HashSet;
import java.util.Set;

/**
 * The events that were taken in last, so that what a device tells again and again is not written
 * again and again. The database would notice as well; this only saves it the work. Bounded: the
 * older half goes when there are too many. Safe for use by many threads.
 */
final class RecentEvents {
  private final int half;

  // Used with the lock alone.
  private Set<String> older = new HashSet<>();
  private Set<String> newer = new HashSet<>();

  RecentEvents(int max) {
    half = Math.max(1, max / 2);
  }

  /** Remembers an event; false if it is remembered already. */
  boolean add(RequestContext context, DeviceEvent event) {
    if (context.cacheKey().isEmpty()) {
      // It cannot be told from the same event of another tenant.
      return true;
    }
    String id = id(context, event);
    synchronized (this) {
      if (older.contains(id) || !newer.add(id)) {
        return false;
      }
      if (newer.size() > half) {
        older = newer;
        newer = new HashSet<>();
      }
      return true;
    }
  }

  /** Forgets an event, since it was not taken in after all. */
  synchronized void remove(RequestContext context, DeviceEvent event) {
    String id = id(context, event);
    older.remove(id);
    newer.remove(id);
  }

  private static String id(RequestContext context, DeviceEvent event) {
    return event.id() + context.cacheKey().orElse("");
  }
}
