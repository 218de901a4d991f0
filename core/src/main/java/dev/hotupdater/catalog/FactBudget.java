package dev.hotupdater.catalog;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many facts of a kind all tenants together may have in memory. It counts those that decisions
 * are made with; while one tenant's are read again, its old ones are there besides. Safe for use by
 * many threads.
 */
final class FactBudget {
  private static final Logger log = LoggerFactory.getLogger(FactBudget.class);

  private final String facts;
  private final long max;
  private final AtomicLong used = new AtomicLong();
  private final AtomicBoolean toldFull;

  private FactBudget(String facts, long max, AtomicBoolean toldFull) {
    this.facts = facts;
    this.max = max;
    this.toldFull = toldFull;
  }

  /**
   * A budget that nothing is taken from yet.
   *
   * @param facts what they are, for the log
   */
  static FactBudget of(String facts, long max) {
    return new FactBudget(facts, max, new AtomicBoolean());
  }

  /** What those that will take the place of so many may take. */
  FactBudget forReplacementOf(long count) {
    return new FactBudget(facts, max - used.get() + count, toldFull);
  }

  /** Gives the room of so many back; what is returned is the room of those alone. */
  FactBudget detached(long count) {
    FactBudget own = forReplacementOf(count);
    add(-count);
    return own;
  }

  /** Takes room for one; false if there is none. */
  boolean tryTake() {
    long before = used.getAndUpdate(count -> count < max ? count + 1 : count);
    if (before < max) {
      return true;
    }
    tellFull();
    return false;
  }

  /** Gives the room of so many back, which were known, to others. */
  void giveUp(long count) {
    tellFull();
    add(-count);
  }

  private void tellFull() {
    if (toldFull.compareAndSet(false, true)) {
      log.error(
          "There are more {} than fit into memory. Decisions do not know of all of them; raise"
              + " maxFacts of the device settings",
          facts);
    }
  }

  /** Has so many more, or less, in use. */
  void add(long count) {
    used.addAndGet(count);
  }

  long used() {
    return used.get();
  }

  /** Half of all room, one at least. */
  long half() {
    return Math.max(1, (max + 1) / 2);
  }

  boolean isFull() {
    return used.get() >= max;
  }

  /** Whether there was ever no room for one. */
  boolean wasTooSmall() {
    return toldFull.get();
  }
}
