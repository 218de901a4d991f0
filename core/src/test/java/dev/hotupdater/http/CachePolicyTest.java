package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachePolicyTest {
  private static final CachePolicy FULL =
      CachePolicy.maxAge(Duration.ofSeconds(60))
          .sharedMaxAge(Duration.ofSeconds(600))
          .staleWhileRevalidate(Duration.ofSeconds(30))
          .staleIfError(Duration.ofHours(1));

  @Test
  void revalidate_isNoCache() {
    assertEquals("no-cache", CachePolicy.revalidate().headerValue());
    assertEquals("private, no-cache", CachePolicy.revalidate().privateHeaderValue());
    assertEquals("no-cache", CachePolicy.revalidate().limitedTo(Duration.ofHours(1)).headerValue());
  }

  @Test
  void everything_isWritten() {
    assertEquals(
        "max-age=60, s-maxage=600, stale-while-revalidate=30, stale-if-error=3600",
        FULL.headerValue());
    assertEquals(
        "private, max-age=60, stale-while-revalidate=30, stale-if-error=3600",
        FULL.privateHeaderValue());
    assertEquals("max-age=1", CachePolicy.maxAge(Duration.ofMillis(1_999)).headerValue());
  }

  @Test
  void sharedMaxAgeAlone_letsOnlySharedCachesAnswer() {
    assertEquals(
        "max-age=0, s-maxage=5",
        CachePolicy.revalidate().sharedMaxAge(Duration.ofSeconds(5)).headerValue());
  }

  @Test
  void limitedTo_cutsEveryTime() {
    assertEquals(
        "max-age=60, s-maxage=600, stale-while-revalidate=10, stale-if-error=10",
        FULL.limitedTo(Duration.ofSeconds(610)).headerValue());
    assertEquals("max-age=40, s-maxage=40", FULL.limitedTo(Duration.ofSeconds(40)).headerValue());
  }

  @Test
  void limitedTo_anyLimit_isNeverExceeded() {
    long seed = Long.getLong("hotupdater.seed", System.nanoTime());
    System.out.println("CachePolicyTest: -Dhotupdater.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      Duration limit = Duration.ofMillis(random.nextInt(5_000_000) - 1_000L);
      String value = FULL.limitedTo(limit).headerValue();
      long age = Math.max(number(value, "max-age"), number(value, "s-maxage"));
      long longest =
          age + Math.max(number(value, "stale-while-revalidate"), number(value, "stale-if-error"));

      assertTrue(longest <= Math.max(0, limit.toSeconds()), () -> seed + ": " + limit + value);
      assertEquals(limit.toMillis() < 1_000, value.equals("no-cache"), () -> limit + value);
    }
  }

  private static long number(String value, String name) {
    for (String directive : value.split(", ")) {
      if (directive.startsWith(name + "=")) {
        return Long.parseLong(directive.substring(name.length() + 1));
      }
    }
    return 0;
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT0.9S", "P366D", "PT0S"})
  void maxAge_outsideItsRange_isRefused(String duration) {
    assertThrows(
        IllegalArgumentException.class, () -> CachePolicy.maxAge(Duration.parse(duration)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "P366D"})
  void allowances_outsideTheirRange_areRefused(String duration) {
    Duration wrong = Duration.parse(duration);
    assertThrows(IllegalArgumentException.class, () -> FULL.sharedMaxAge(wrong));
    assertThrows(IllegalArgumentException.class, () -> FULL.staleWhileRevalidate(wrong));
    assertThrows(IllegalArgumentException.class, () -> FULL.staleIfError(wrong));
  }
}
