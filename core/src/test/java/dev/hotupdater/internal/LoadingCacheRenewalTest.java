package dev.hotupdater.internal;

import static dev.hotupdater.internal.CacheFixture.END;
import static dev.hotupdater.internal.CacheFixture.PATIENCE;
import static dev.hotupdater.internal.CacheFixture.RENEWAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a value is replaced that may still be handed out. */
class LoadingCacheRenewalTest {
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final CacheFixture fixture = new CacheFixture();
  private final LoadingCache<String, String> cache = fixture.cache();
  private Instant start = Instant.EPOCH;

  @BeforeEach
  void load() {
    start = fixture.clock.instant();
    cache.get("key", fixture.expiring("old"));
  }

  @Test
  void beforeTheRenewal_nothingIsLoaded() {
    fixture.clock.set(start.plus(RENEWAL).minus(MOMENT));

    assertEquals("old", cache.get("key", fixture.expiring("new")));
    assertTrue(fixture.renewals.isEmpty());
  }

  @Test
  void fromTheRenewalOn_theOldIsHandedOut_whileOneRenewalRuns() {
    fixture.clock.set(start.plus(RENEWAL));

    List<String> meanwhile = Together.call(16, () -> cache.get("key", fixture.expiring("new")));
    assertEquals(Set.of("old"), new HashSet<>(meanwhile));
    assertEquals(1, fixture.renewals.size());
    assertEquals(1, fixture.loads.get());

    fixture.runRenewals();
    assertEquals("new", cache.get("key", fixture.expiring("newer")));
    assertEquals(2, fixture.loads.get());
    assertTrue(fixture.renewals.isEmpty());
  }

  @Test
  void renewedValue_isRenewedAgainInItsTurn() {
    fixture.clock.set(start.plus(RENEWAL));
    cache.get("key", fixture.expiring("second"));
    fixture.runRenewals();
    fixture.clock.advance(RENEWAL);
    cache.get("key", fixture.expiring("third"));
    fixture.runRenewals();

    assertEquals("third", cache.get("key", fixture.expiring("fourth")));
    assertEquals(1, cache.weight());
  }

  @Test
  void afterTheEnd_theNextCallLoads() {
    fixture.clock.set(start.plus(END));

    assertEquals("new", cache.get("key", fixture.expiring("new")));
    assertEquals(2, fixture.loads.get());
  }

  @Test
  void afterTheEnd_whatTheLoaderThrowsIsThrown_untilItSucceeds() {
    fixture.clock.set(start.plus(END));

    assertThrows(IllegalStateException.class, () -> cache.get("key", fixture.failing()));
    assertThrows(IllegalStateException.class, () -> cache.get("key", fixture.failing()));
    assertEquals("new", cache.get("key", fixture.expiring("new")));
  }

  @Test
  void afterTheEnd_aRenewalUnderWay_isWaitedFor() throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    fixture.clock.set(start.plus(RENEWAL));
    cache.get(
        "key",
        () -> {
          underWay.countDown();
          return fixture.expiring("renewed").get();
        });
    Thread renewing = new Thread(fixture::runRenewals);
    renewing.start();
    underWay.await();
    fixture.clock.set(start.plus(END));

    assertEquals("renewed", cache.get("key", fixture.failing()));
    renewing.join();
  }

  @Test
  void failingRenewal_keepsTheOldUntilItEnds_andIsRetriedWithPauses() {
    LoadingCache<String, String> direct = fixture.cache(PATIENCE, Runnable::run);
    direct.get("key", fixture.expiring("old"));
    Instant end = start.plus(END);
    List<Instant> attempts = new ArrayList<>();

    while (fixture.clock.instant().isBefore(end)) {
      Instant now = fixture.clock.instant();
      assertEquals(
          "old",
          direct.get(
              "key",
              () -> {
                attempts.add(now);
                throw new IllegalStateException("attempt " + attempts.size());
              }));
      fixture.clock.advance(Duration.ofMillis(100));
    }

    assertEquals(start.plus(RENEWAL), attempts.get(0));
    for (int i = 1; i < attempts.size(); i++) {
      Instant before = attempts.get(i - 1);
      Duration pause = Duration.between(before, attempts.get(i));
      Duration left = Duration.between(before, end);
      assertTrue(
          pause.compareTo(Duration.ofSeconds(5)) >= 0
              || pause.compareTo(left.dividedBy(4)) >= 0
                  && left.compareTo(RENEWAL.plus(RENEWAL)) < 0,
          () -> "a pause of " + pause + " with " + left + " left");
      assertTrue(pause.compareTo(Duration.ofSeconds(6)) < 0, pause::toString);
    }
    assertThrows(IllegalStateException.class, () -> direct.get("key", fixture.failing()));
  }

  @Test
  void failedRenewal_recoversByItself() {
    LoadingCache<String, String> direct = fixture.cache(PATIENCE, Runnable::run);
    direct.get("key", fixture.expiring("old"));
    fixture.clock.set(start.plus(RENEWAL));
    direct.get("key", fixture.failing());

    fixture.clock.advance(Duration.ofSeconds(6));

    assertEquals("new", direct.get("key", fixture.expiring("new")));
  }

  @Test
  void renewalThatIsRejected_keepsTheOld() {
    LoadingCache<String, String> closed =
        fixture.cache(
            PATIENCE,
            task -> {
              throw new RejectedExecutionException("closed");
            });
    closed.get("key", fixture.expiring("old"));
    fixture.clock.set(start.plus(RENEWAL));

    assertEquals("old", closed.get("key", fixture.expiring("new")));
    assertEquals("old", closed.get("key", fixture.expiring("new")));
  }
}
