package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CachePolicyTest {
  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static CachePolicy full() {
    return CachePolicy.maxAge(seconds(60))
        .sharedMaxAge(seconds(300))
        .staleWhileRevalidate(seconds(30))
        .staleIfError(seconds(86400));
  }

  @Test
  void revalidate_isAlwaysTheSameText() {
    assertEquals("no-cache", CachePolicy.revalidate().toString());
    assertSame(CachePolicy.revalidate().toString(), CachePolicy.revalidate().toString());
    assertSame(CachePolicy.revalidate(), CachePolicy.revalidate().within(seconds(60)));
  }

  @Test
  void lifetimes_areDirectives() {
    assertEquals("max-age=60", CachePolicy.maxAge(seconds(60)).toString());
    assertEquals(
        "max-age=60, s-maxage=300, stale-while-revalidate=30, stale-if-error=86400",
        full().toString());
    assertEquals(
        "max-age=0, stale-if-error=0",
        CachePolicy.maxAge(Duration.ZERO).staleIfError(Duration.ZERO).toString());
  }

  @Test
  void lifetime_setAgain_isReplaced() {
    assertEquals(
        "max-age=60, s-maxage=7",
        CachePolicy.maxAge(seconds(60))
            .sharedMaxAge(seconds(300))
            .sharedMaxAge(seconds(7))
            .toString());
  }

  @Test
  void policy_isNotChangedByWhatIsMadeOfIt() {
    CachePolicy policy = CachePolicy.maxAge(seconds(60));

    policy.staleIfError(seconds(5));
    policy.asPrivate();
    policy.within(seconds(1));

    assertEquals("max-age=60", policy.toString());
  }

  @Test
  void asPrivate_isSaidAndLeavesSharedCachesOut() {
    assertEquals("private, no-cache", CachePolicy.revalidate().asPrivate().toString());
    assertEquals(
        "private, max-age=60, stale-while-revalidate=30, stale-if-error=86400",
        full().asPrivate().toString());
    assertEquals(full().asPrivate(), full().asPrivate().asPrivate());
  }

  @ParameterizedTest
  @CsvSource({
    "86700, 'max-age=60, s-maxage=300, stale-while-revalidate=30, stale-if-error=86400'",
    "3600,  'max-age=60, s-maxage=300, stale-while-revalidate=30, stale-if-error=3300'",
    "310,   'max-age=60, s-maxage=300, stale-while-revalidate=10, stale-if-error=10'",
    "200,   'max-age=60, s-maxage=200, stale-while-revalidate=0, stale-if-error=0'",
    "20,    'max-age=20, s-maxage=20, stale-while-revalidate=0, stale-if-error=0'",
    "1,     'max-age=1, s-maxage=1, stale-while-revalidate=0, stale-if-error=0'",
    "0,     no-cache",
    "-5,    no-cache"
  })
  void within_cutsEveryLifetime(long timeToLive, String expected) {
    assertEquals(expected, full().within(seconds(timeToLive)).toString());
  }

  @Test
  void within_countsWholeSeconds() {
    CachePolicy policy = CachePolicy.maxAge(seconds(60));

    assertEquals("no-cache", policy.within(Duration.ofMillis(999)).toString());
    assertEquals("no-cache", policy.within(Duration.ofMillis(-1)).toString());
    assertEquals("max-age=1", policy.within(Duration.ofMillis(1999)).toString());
  }

  @Test
  void within_ofAPrivateAnswer_staysPrivate() {
    CachePolicy policy = full().asPrivate();

    assertEquals("private, no-cache", policy.within(Duration.ZERO).toString());
    assertEquals(
        "private, max-age=60, stale-while-revalidate=10, stale-if-error=10",
        policy.within(seconds(70)).toString());
  }

  @Test
  void within_anyTimeToLive_isNeverExceeded() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      CachePolicy policy = CachePolicy.maxAge(seconds(random.nextInt(100)));
      policy = random.nextBoolean() ? policy.sharedMaxAge(seconds(random.nextInt(100))) : policy;
      policy =
          random.nextBoolean() ? policy.staleWhileRevalidate(seconds(random.nextInt(100))) : policy;
      policy = random.nextBoolean() ? policy.staleIfError(seconds(random.nextInt(100))) : policy;
      int timeToLive = 1 + random.nextInt(150);

      String cut = policy.within(seconds(timeToLive)).toString();

      long fresh = Math.max(directive(cut, "max-age"), directive(cut, "s-maxage"));
      long stale =
          Math.max(directive(cut, "stale-while-revalidate"), directive(cut, "stale-if-error"));
      String message = policy + " within " + timeToLive + " is " + cut + ", seed " + seed;
      assertTrue(fresh + stale <= timeToLive, message);
      assertEquals(
          Math.min(directive(policy.toString(), "max-age"), timeToLive),
          directive(cut, "max-age"),
          message);
    }
  }

  private static long directive(String field, String name) {
    Matcher matcher = Pattern.compile("(?:^|, )" + name + "=([0-9]+)").matcher(field);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT0.5S", "PT1.000000001S", "P365DT1S", "P999999D"})
  void lifetime_outOfRange_isRefused(String text) {
    Duration duration = Duration.parse(text);
    CachePolicy policy = CachePolicy.maxAge(seconds(1));

    assertThrows(IllegalArgumentException.class, () -> CachePolicy.maxAge(duration));
    assertThrows(IllegalArgumentException.class, () -> policy.sharedMaxAge(duration));
    assertThrows(IllegalArgumentException.class, () -> policy.staleWhileRevalidate(duration));
    assertThrows(IllegalArgumentException.class, () -> policy.staleIfError(duration));
  }

  @Test
  void lifetime_ofAYear_isTheLongest() {
    assertEquals("max-age=31536000", CachePolicy.maxAge(Duration.ofDays(365)).toString());
  }

  @Test
  void lifetime_ofAPolicyThatHasNone_isRefused() {
    CachePolicy revalidate = CachePolicy.revalidate();
    CachePolicy forOne = CachePolicy.maxAge(seconds(1)).asPrivate();

    assertThrows(IllegalStateException.class, () -> revalidate.sharedMaxAge(seconds(1)));
    assertThrows(IllegalStateException.class, () -> revalidate.staleWhileRevalidate(seconds(1)));
    assertThrows(IllegalStateException.class, () -> revalidate.staleIfError(seconds(1)));
    assertThrows(IllegalStateException.class, () -> forOne.sharedMaxAge(seconds(1)));
  }

  @Test
  void equals_comparesWhatIsSaid() {
    assertEquals(full(), full());
    assertEquals(full().hashCode(), full().hashCode());
    assertNotEquals(full(), full().asPrivate());
    assertNotEquals(CachePolicy.revalidate(), CachePolicy.maxAge(Duration.ZERO));
  }
}
