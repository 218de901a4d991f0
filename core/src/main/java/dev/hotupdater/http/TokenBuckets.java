package dev.hotupdater.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How many requests each client has left. A client that nothing is known of has all of them. Safe
 * for use by many threads.
 */
final class TokenBuckets {
  /** A client takes some 200 bytes. */
  static final int MAX_CLIENTS = 100_000;

  private final long intervalNanos;
  private final long capacityNanos;
  private final LongSupplier nanoTime;

  /**
   * When each client will have all its requests again, those that were quiet for the longest time
   * first. Whoever is not in here has them all.
   */
  private final Map<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true);

  TokenBuckets(int burst, Duration interval, LongSupplier nanoTime) {
    intervalNanos = interval.toNanos();
    capacityNanos = Math.multiplyExact(intervalNanos, burst);
    this.nanoTime = nanoTime;
  }

  /**
   * Takes one request of a client.
   *
   * @return empty if it had one left, or else after how many nanoseconds it will
   */
  OptionalLong take(String client) {
    long now = nanoTime.getAsLong();
    synchronized (fullAt) {
      Long known = fullAt.get(client);
      long full = known == null || known - now < 0 ? now : known;
      long next = full + intervalNanos;
      long missing = next - now - capacityNanos;
      if (missing > 0) {
        return OptionalLong.of(missing);
      }
      fullAt.put(client, next);
      forgetTheQuiet(now);
      return OptionalLong.empty();
    }
  }

  private void forgetTheQuiet(long now) {
    Iterator<Long> quietest = fullAt.values().iterator();
    boolean more = quietest.hasNext();
    while (more) {
      boolean isFull = quietest.next() - now <= 0;
      if (!isFull && fullAt.size() <= MAX_CLIENTS) {
        return;
      }
      quietest.remove();
      more = quietest.hasNext();
    }
  }

  int size() {
    synchronized (fullAt) {
      return fullAt.size();
    }
  }
}
