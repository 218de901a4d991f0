package dev.hotupdater.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.Eventually;
import dev.hotupdater.fixture.Seed;
import dev.hotupdater.fixture.Together;
import dev.hotupdater.internal.BoundedCalls.CallTimeoutException;
import dev.hotupdater.internal.LoadingCache.Loaded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How values are made once, whoever asks for them, and forgotten. */
class LoadingCacheTest {
  private static final int THREADS = 32;
  private static final Duration SHORT_PATIENCE = Duration.ofSeconds(2);

  private final CacheFixture fixture = new CacheFixture();
  private final LoadingCache<String, String> cache = fixture.cache();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void tearDown() {
    threads.shutdownNow();
  }

  /** A loader that does not end before the test lets it. */
  private final class Held implements Supplier<Loaded<String>> {
    private final String value;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    Held(String value) {
      this.value = value;
    }

    @Override
    public Loaded<String> get() {
      fixture.loads.incrementAndGet();
      started.countDown();
      awaitRelease();
      return Loaded.forEver(value, 1);
    }

    private void awaitRelease() {
      try {
        released.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted while loading", e);
      }
    }
  }

  private static String result(Future<String> future) throws Exception {
    return future.get(Eventually.DEADLINE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void get_manyThreadsAtOnce_loadsOnce() {
    AtomicInteger asking = new AtomicInteger();

    List<String> values =
        Together.call(
            THREADS,
            () -> {
              asking.incrementAndGet();
              return cache.get(
                  "key",
                  () -> {
                    Eventually.await(() -> asking.get() == THREADS);
                    return fixture.permanent("value", 1).get();
                  });
            });

    assertEquals(Set.of("value"), new HashSet<>(values));
    assertEquals(1, fixture.loads.get());
  }

  @Test
  void get_permanentValue_isNeverLoadedAgain() {
    cache.get("key", fixture.permanent("value", 1));
    fixture.clock.advance(Duration.ofDays(100_000));

    assertEquals("value", cache.get("key", fixture.permanent("another", 1)));
    assertEquals(1, fixture.loads.get());
  }

  @Test
  void failedLoad_isThrownToAllThatWait_andNotKept() throws Exception {
    List<Thread> waiting = new ArrayList<>();
    List<AtomicReference<Throwable>> thrown = new ArrayList<>();
    for (int i = 1; i < THREADS; i++) {
      AtomicReference<Throwable> failure = new AtomicReference<>();
      thrown.add(failure);
      waiting.add(
          new Thread(
              () ->
                  failure.set(
                      assertThrows(
                          IllegalStateException.class,
                          () -> cache.get("key", fixture.permanent("own", 1))))));
    }

    IllegalStateException own =
        assertThrows(
            IllegalStateException.class,
            () ->
                cache.get(
                    "key",
                    () -> {
                      waiting.forEach(Thread::start);
                      Eventually.await(() -> waiting.stream().allMatch(LoadingCacheTest::waits));
                      return fixture.failing().get();
                    }));

    for (Thread thread : waiting) {
      thread.join(Eventually.DEADLINE.toMillis());
    }
    thrown.forEach(failure -> assertEquals(own, failure.get()));
    assertEquals(1, fixture.loads.get());
    assertEquals("next", cache.get("key", fixture.permanent("next", 1)));
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  @Test
  void failedLoad_withAnError_isNotKept() {
    Supplier<Loaded<String>> broken =
        () -> {
          throw new NoClassDefFoundError("of the test");
        };

    assertThrows(NoClassDefFoundError.class, () -> cache.get("key", broken));
    assertEquals("next", cache.get("key", fixture.permanent("next", 1)));
  }

  @Test
  void failuresOfManyThreads_leaveNoWeightBehind() {
    AtomicInteger turn = new AtomicInteger();
    Supplier<Loaded<String>> unreliable =
        () ->
            (turn.incrementAndGet() % 3 == 0 ? fixture.permanent("v", 1) : fixture.failing()).get();

    Together.call(
        8,
        () -> {
          for (int i = 0; i < 10_000; i++) {
            String key = "key" + i / 20;
            try {
              assertEquals("v", cache.get(key, unreliable));
            } catch (IllegalStateException e) {
              assertTrue(String.valueOf(e.getMessage()).endsWith("fails"), e::toString);
            }
          }
          return true;
        });

    cache.dropIf(key -> true);
    assertEquals(0, cache.weight());
  }

  @Test
  void loaderThatHangs_waitingCallerGivesUp_andALaterOneLoadsByItself() throws Exception {
    LoadingCache<String, String> impatient = fixture.cache(SHORT_PATIENCE, Runnable::run);
    Held hanging = new Held("late");
    Future<String> hung = threads.submit(() -> impatient.get("key", hanging));
    hanging.started.await();

    assertThrows(
        CallTimeoutException.class,
        () -> impatient.get("key", fixture.permanent("from a caller that waits", 1)));
    String later = impatient.get("key", fixture.permanent("from a later caller", 1));

    assertEquals("from a later caller", later);
    assertEquals(2, fixture.loads.get());
    hanging.released.countDown();
    assertEquals("late", result(hung));
  }

  @Test
  void interruptedWhileWaiting_givesUp_andStaysInterrupted() throws Exception {
    Held loading = new Held("value");
    Future<String> loaded = threads.submit(() -> cache.get("key", loading));
    loading.started.await();

    Thread.currentThread().interrupt();
    assertThrows(
        CallTimeoutException.class, () -> cache.get("key", fixture.permanent("another", 1)));

    assertTrue(Thread.interrupted());
    loading.released.countDown();
    assertEquals("value", result(loaded));
  }

  @Test
  void dropIf_removesWhatItIsAskedTo() {
    cache.get("a", fixture.permanent("a1", 10));
    cache.get("b", fixture.permanent("b1", 20));

    cache.dropIf("a"::equals);

    assertEquals(20, cache.weight());
    assertEquals("a2", cache.get("a", fixture.permanent("a2", 1)));
    assertEquals("b1", cache.get("b", fixture.permanent("b2", 1)));
  }

  @Test
  void dropIf_whileTheValueIsBeingLoaded_itIsReturnedAndNotKept() throws Exception {
    Held loading = new Held("old");
    Future<String> loader = threads.submit(() -> cache.get("key", loading));
    loading.started.await();
    AtomicReference<Thread> waiter = new AtomicReference<>();
    Future<String> waiting =
        threads.submit(
            () -> {
              waiter.set(Thread.currentThread());
              return cache.get("key", fixture.permanent("not asked for", 1));
            });
    Eventually.await(() -> waiter.get() != null && waits(waiter.get()));

    cache.dropIf("key"::equals);
    loading.released.countDown();

    assertEquals("old", result(loader));
    assertEquals("old", result(waiting));
    assertEquals(0, cache.weight());
    assertEquals("new", cache.get("key", fixture.permanent("new", 1)));
    assertEquals("new", cache.get("key", fixture.permanent("newer", 1)));
  }

  @Test
  void dropIf_whileTheValueIsBeingRenewed_theRenewedOneIsNotKept() {
    cache.get("key", fixture.expiring("old"));
    fixture.clock.advance(CacheFixture.RENEWAL);
    cache.get("key", fixture.expiring("renewed"));

    cache.dropIf("key"::equals);
    fixture.runRenewals();

    assertEquals(0, cache.weight());
    assertEquals("new", cache.get("key", fixture.expiring("new")));
  }

  @Test
  void valuesOfDifferentKeys_neverMix_andLeaveNoWeightBehind() {
    Random seeds = Seed.random(LoadingCacheTest.class);
    LoadingCache<String, String> busy = fixture.cache(CacheFixture.PATIENCE, threads);

    Together.call(
        8,
        number -> {
          Random random = new Random(seeds.nextLong());
          return () -> {
            for (int i = 0; i < 5_000; i++) {
              step(busy, random);
            }
            return true;
          };
        });

    busy.dropIf(key -> true);
    Eventually.await(() -> busy.weight() == 0);
  }

  private void step(LoadingCache<String, String> busy, Random random) {
    String key = "key" + random.nextInt(60);
    switch (random.nextInt(50)) {
      case 0 -> busy.dropIf(key::equals);
      case 1 -> fixture.clock.advance(CacheFixture.RENEWAL);
      default -> {
        long weight = 1 + random.nextInt(60);
        String value =
            busy.get(
                key,
                () -> {
                  Loaded<String> made = fixture.expiring("value of " + key).get();
                  return new Loaded<>(made.value(), weight, made.renewAt(), made.endsAt());
                });
        assertEquals("value of " + key, value);
      }
    }
  }
}
