package dev.hotupdater.internal;

import dev.hotupdater.internal.LoadingCache.Loaded;
import dev.hotupdater.storage.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A cache whose clock a test moves, and whose renewals a test runs. */
final class CacheFixture {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final Duration RENEWAL = Duration.ofSeconds(10);
  static final Duration END = Duration.ofSeconds(60);
  static final long MAX_WEIGHT = 1_000;

  final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  final Queue<Runnable> renewals = new ArrayDeque<>();
  final AtomicInteger loads = new AtomicInteger();

  LoadingCache<String, String> cache() {
    return cache(PATIENCE, this::queue);
  }

  LoadingCache<String, String> cache(Duration patience, Executor executor) {
    return new LoadingCache<>(MAX_WEIGHT, patience, executor, clock);
  }

  private synchronized void queue(Runnable renewal) {
    renewals.add(renewal);
  }

  void runRenewals() {
    for (Runnable next = renewals.poll(); next != null; next = renewals.poll()) {
      next.run();
    }
  }

  /** Counts loads, and gives a value for ever. */
  Supplier<Loaded<String>> permanent(String value, long weight) {
    return () -> {
      loads.incrementAndGet();
      return Loaded.forEver(value, weight);
    };
  }

  /** Counts loads, and gives a value that is renewed after a while and then ends. */
  Supplier<Loaded<String>> expiring(String value) {
    return () -> {
      loads.incrementAndGet();
      Instant now = clock.instant();
      return Loaded.until(value, 1, now.plus(RENEWAL), now.plus(END));
    };
  }

  /** Counts loads, and fails. */
  Supplier<Loaded<String>> failing() {
    return () -> {
      throw new IllegalStateException("load " + loads.incrementAndGet() + " fails");
    };
  }
}
