package dev.hotupdater.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.Eventually;
import dev.hotupdater.internal.LoadingCache.Loaded;
import dev.hotupdater.storage.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LoadingCacheEdgeTest {
  private final CacheFixture fixture = new CacheFixture();

  private static final class SlowKey {
    static final ThreadLocal<Runnable> WHEN_HASHED = ThreadLocal.withInitial(() -> () -> {});

    @Override
    public int hashCode() {
      WHEN_HASHED.get().run();
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      return other == this;
    }
  }

  @Test
  void loadThatStartsWhileAFailedOneIsForgotten_leavesNoWeightBehind() throws Exception {
    LoadingCache<SlowKey, String> cache =
        new LoadingCache<>(
            1_000,
            Duration.ofSeconds(30),
            Runnable::run,
            new SettableClock(Instant.parse("2026-03-01T10:00:00Z")));
    SlowKey key = new SlowKey();
    CountDownLatch forgetting = new CountDownLatch(1);
    CountDownLatch secondIsLoading = new CountDownLatch(1);
    CountDownLatch forgotten = new CountDownLatch(1);
    ExecutorService threads = Executors.newCachedThreadPool();
    Supplier<Loaded<String>> failing =
        () -> {
          // The next time this thread hashes the key is when it removes the slot.
          SlowKey.WHEN_HASHED.set(
              () -> {
                SlowKey.WHEN_HASHED.remove();
                forgetting.countDown();
                try {
                  secondIsLoading.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
          throw new IllegalStateException("of the test");
        };
    Future<?> first =
        threads.submit(
            () -> {
              assertThrows(IllegalStateException.class, () -> cache.get(key, failing));
              forgotten.countDown();
            });
    forgetting.await();
    Future<String> second =
        threads.submit(
            () ->
                cache.get(
                    key,
                    () -> {
                      secondIsLoading.countDown();
                      try {
                        forgotten.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return Loaded.forEver("value", 100);
                    }));
    assertEquals("value", second.get());
    first.get();
    threads.shutdownNow();

    cache.dropIf(k -> true);
    assertEquals(0, cache.weight());
  }

  /** Without any trick. */
  @Test
  void failuresOfManyThreads_leaveNoWeightBehind() {
    LoadingCache<String, String> cache = fixture.cache();
    AtomicInteger n = new AtomicInteger();
    dev.hotupdater.fixture.Together.call(
        8,
        number ->
            () -> {
              for (int i = 0; i < 50_000; i++) {
                String key = "key" + i / 100;
                try {
                  cache.get(
                      key,
                      () -> {
                        if (n.incrementAndGet() % 3 != 0) {
                          throw new IllegalStateException("of the test");
                        }
                        return Loaded.forEver("v", 1);
                      });
                } catch (IllegalStateException e) {
                  // goes on
                  n.get();
                }
              }
              return true;
            });
    cache.dropIf(k -> true);
    assertEquals(0, cache.weight());
  }

  @Test
  void valuesTooHeavyToKeep_leaveNoKeysBehind() {
    LoadingCache<String, String> cache = fixture.cache();
    for (int i = 0; i < 1_000; i++) {
      cache.get("heavy" + i, fixture.permanent("value", CacheFixture.MAX_WEIGHT));
    }
    Set<String> keys = new HashSet<>();
    cache.dropIf(
        key -> {
          keys.add(key);
          return false;
        });
    assertEquals(0, keys.size());
  }

  /** A renewal that waits for its turn longer than patience is queued again and again. */
  @Test
  void renewalThatWaitsForItsTurn_isQueuedOnce() throws Exception {
    LoadingCache<String, String> cache =
        new LoadingCache<>(1_000, Duration.ofMillis(20), fixture.renewals::add, fixture.clock);
    cache.get("key", fixture.expiring("old"));
    fixture.clock.advance(CacheFixture.RENEWAL);
    for (int i = 0; i < 20; i++) {
      cache.get("key", fixture.expiring("new"));
      Thread.sleep(25);
    }
    assertEquals(1, fixture.renewals.size());
  }

  /** A load that hung replaces what was loaded after it. */
  @Test
  void loadThatHung_doesNotReplaceWhatWasLoadedAfterIt() throws Exception {
    LoadingCache<String, String> cache = fixture.cache(Duration.ofMillis(50), Runnable::run);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Thread hung =
        new Thread(
            () ->
                cache.get(
                    "key",
                    () -> {
                      Loaded<String> l = fixture.expiring("older").get();
                      started.countDown();
                      try {
                        release.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return l;
                    }));
    hung.start();
    started.await();
    Thread.sleep(100);
    fixture.clock.advance(Duration.ofSeconds(5));
    cache.get("key", fixture.expiring("newer"));
    release.countDown();
    hung.join();
    assertEquals("newer", cache.get("key", fixture.failing()));
    Eventually.await(() -> true);
  }

  /** Renewals make no room. */
  @Test
  void renewedValuesThatAreHeavier_makeRoom() {
    LoadingCache<String, String> cache = fixture.cache(CacheFixture.PATIENCE, Runnable::run);
    for (int i = 0; i < 100; i++) {
      cache.get("key" + i, fixture.expiring("old"));
    }
    fixture.clock.advance(CacheFixture.RENEWAL);
    for (int i = 0; i < 100; i++) {
      cache.get(
          "key" + i,
          () -> {
            Loaded<String> l = fixture.expiring("new").get();
            return new Loaded<>(l.value(), 400, l.renewAt(), l.endsAt());
          });
    }
    assertTrue(cache.weight() <= CacheFixture.MAX_WEIGHT, "weight " + cache.weight());
  }

  /** What was waited for is handed out after its end. */
  @Test
  void valueThatEndsWhileItIsWaitedFor_isNotHandedOut() throws Exception {
    LoadingCache<String, String> cache = fixture.cache();
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Thread loader =
        new Thread(
            () ->
                cache.get(
                    "key",
                    () -> {
                      Loaded<String> l = fixture.expiring("ended").get();
                      started.countDown();
                      try {
                        release.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return l;
                    }));
    loader.start();
    started.await();
    fixture.clock.advance(CacheFixture.END);
    java.util.concurrent.atomic.AtomicReference<String> got =
        new java.util.concurrent.atomic.AtomicReference<>("");
    Thread waiter = new Thread(() -> got.set(cache.get("key", fixture.expiring("fresh"))));
    waiter.start();
    Eventually.await(() -> waiter.getState() == Thread.State.TIMED_WAITING);
    release.countDown();
    waiter.join();
    loader.join();
    assertEquals("fresh", got.get());
  }
}
