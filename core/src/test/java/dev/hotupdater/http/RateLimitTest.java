package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitTest {
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);

  private RateLimit limit(int burst, Duration interval) {
    return RateLimit.builder(burst, interval).build(nanoTime::get);
  }

  private void advance(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }

  private static HttpRequest from(String address) {
    return HttpRequest.builder("GET", "/").remoteAddress(() -> Optional.of(address)).build();
  }

  private static HttpRequest withCredential(String address, String credential) {
    return from(address).toBuilder()
        .headers(HttpHeaders.builder().set("Authorization", credential).build())
        .build();
  }

  private static boolean accepts(RateLimit limit, HttpRequest request) {
    return limit.refuse(request).isEmpty();
  }

  @Test
  void burst_isAcceptedAndNoMore() {
    RateLimit limit = limit(3, Duration.ofSeconds(10));

    assertTrue(accepts(limit, from("192.0.2.1")));
    assertTrue(accepts(limit, from("192.0.2.1")));
    assertTrue(accepts(limit, from("192.0.2.1")));
    HttpResponse refusal = limit.refuse(from("192.0.2.1")).orElseThrow();

    assertEquals(429, refusal.status());
    assertEquals(Optional.of("11"), refusal.headers().first("Retry-After"));
    assertEquals(Optional.of("no-store"), refusal.headers().first("Cache-Control"));
  }

  @Test
  void clientByName_isCountedBesideTheOthers() {
    RateLimit limit = limit(1, Duration.ofSeconds(10));

    assertTrue(limit.refuse("user one").isEmpty());
    assertTrue(limit.refuse("user two").isEmpty());
    assertTrue(accepts(limit, from("192.0.2.1")));

    HttpResponse refusal = limit.refuse("user one").orElseThrow();
    assertEquals(429, refusal.status());
    assertEquals(Optional.of("11"), refusal.headers().first("Retry-After"));
  }

  @Test
  void time_givesOneRequestBackForEachInterval() {
    RateLimit limit = limit(2, Duration.ofSeconds(10));
    accepts(limit, from("192.0.2.1"));
    accepts(limit, from("192.0.2.1"));

    advance(Duration.ofMillis(9_999));
    assertEquals(false, accepts(limit, from("192.0.2.1")));
    advance(Duration.ofMillis(1));
    assertEquals(true, accepts(limit, from("192.0.2.1")));
    assertEquals(false, accepts(limit, from("192.0.2.1")));
    advance(Duration.ofDays(1));
    assertEquals(true, accepts(limit, from("192.0.2.1")));
    assertEquals(true, accepts(limit, from("192.0.2.1")));
    assertEquals(false, accepts(limit, from("192.0.2.1")));
  }

  @Test
  void refusedRequests_doNotMakeTheWaitLonger() {
    RateLimit limit = limit(1, Duration.ofSeconds(10));
    accepts(limit, from("192.0.2.1"));
    for (int i = 0; i < 100; i++) {
      assertEquals(false, accepts(limit, from("192.0.2.1")));
    }

    advance(Duration.ofSeconds(10));

    assertEquals(true, accepts(limit, from("192.0.2.1")));
  }

  @Test
  void addresses_areCountedByThemselves() {
    RateLimit limit = limit(1, Duration.ofSeconds(10));

    assertEquals(true, accepts(limit, from("192.0.2.1")));
    assertEquals(true, accepts(limit, from("192.0.2.2")));
    assertEquals(false, accepts(limit, from("192.0.2.1")));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:ffff::1, true",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:3:3:4:5:6, false",
    "[2001:db8::1], 2001:db8::2, true",
    "fe80::1%eth0, fe80::2%eth1, true",
    "::1, ::2, true",
    "2001:db8::1, 2001:db9::1, false",
    "192.0.2.1, 192.0.2.10, false",
    "192.0.2.1, 192.0.2.1:51344, true",
    "192.0.2.1, ::ffff:192.0.2.1, true",
    "::ffff:192.0.2.1, ::FFFF:192.0.2.2, false",
    "[2001:db8::1]:443, 2001:db8::2, true",
  })
  void ipv6Networks_areCountedAsOne(String one, String other, boolean together) {
    RateLimit limit = limit(1, Duration.ofSeconds(10));
    accepts(limit, from(one));

    assertEquals(!together, accepts(limit, from(other)));
  }

  @Test
  void credentials_areCountedAcrossAddresses() {
    RateLimit limit = limit(2, Duration.ofSeconds(10));

    assertEquals(true, accepts(limit, withCredential("192.0.2.1", "Bearer one")));
    assertEquals(true, accepts(limit, withCredential("192.0.2.2", "Bearer one")));
    assertEquals(false, accepts(limit, withCredential("192.0.2.3", "Bearer one")));
    assertEquals(true, accepts(limit, withCredential("192.0.2.4", "Bearer two")));
  }

  @Test
  void clientThatIsRefusedByItsAddress_leavesNothingElseBehind() {
    RateLimit limit = limit(1, Duration.ofSeconds(10));
    accepts(limit, withCredential("192.0.2.1", "Bearer one"));
    accepts(limit, withCredential("192.0.2.1", "Bearer guessed"));

    assertEquals(true, accepts(limit, withCredential("192.0.2.2", "Bearer guessed")));
  }

  @Test
  void requestsOfNobody_areNotLimited() {
    RateLimit limit = limit(1, Duration.ofSeconds(10));
    HttpRequest request = HttpRequest.builder("GET", "/").build();

    assertEquals(true, accepts(limit, request));
    assertEquals(true, accepts(limit, request));
  }

  @Test
  void body_isThatOfTheBuilder() throws Exception {
    RateLimit limit =
        RateLimit.builder(1, Duration.ofSeconds(10))
            .clients(request -> List.of("everybody"))
            .body(wait -> "{\"error\":\"too_many_requests\",\"wait\":" + wait.toSeconds() + "}")
            .build(nanoTime::get);
    accepts(limit, from("192.0.2.1"));

    HttpResponse refusal = limit.refuse(from("192.0.2.2")).orElseThrow();

    assertEquals(
        "{\"error\":\"too_many_requests\",\"wait\":11}",
        new String(bytes(refusal), StandardCharsets.UTF_8));
  }

  private static byte[] bytes(HttpResponse response) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    response.body().writeTo(out);
    return out.toByteArray();
  }

  @Test
  void limit_isAskedBeforeTheCredentials() {
    AtomicInteger asked = new AtomicInteger();
    Access access =
        Access.custom(
            request -> {
              asked.incrementAndGet();
              return false;
            });
    Router router =
        Router.builder("", (request, failure) -> HttpResponse.json(500, "{}"))
            .mount(
                List.of(Route.of("GET", "/", request -> HttpResponse.json(200, "{}"))),
                access,
                Optional.of(limit(2, Duration.ofSeconds(10))))
            .build();

    assertEquals(401, router.handle(from("192.0.2.1")).status());
    assertEquals(401, router.handle(from("192.0.2.1")).status());
    assertEquals(429, router.handle(from("192.0.2.1")).status());
    assertEquals(2, asked.get());
  }

  @Test
  void memory_isBounded_andTheQuietAreForgottenFirst() {
    TokenBuckets buckets = new TokenBuckets(1, Duration.ofHours(1), nanoTime::get);
    for (int i = 0; i < TokenBuckets.MAX_CLIENTS + 10; i++) {
      buckets.take("client " + i);
    }

    assertEquals(TokenBuckets.MAX_CLIENTS, buckets.size());
    assertTrue(buckets.take("client " + TokenBuckets.MAX_CLIENTS).isPresent());
    assertTrue(buckets.take("client 0").isEmpty());
  }

  @Test
  void clientsThatHaveAllTheirRequestsAgain_takeNoMemory() {
    TokenBuckets buckets = new TokenBuckets(5, Duration.ofSeconds(1), nanoTime::get);
    for (int i = 0; i < 1_000; i++) {
      buckets.take("client " + i);
    }
    advance(Duration.ofSeconds(1));

    buckets.take("another");

    assertEquals(1, buckets.size());
  }

  @Test
  void manyThreads_getAsManyAsThereAre() throws Exception {
    RateLimit limit = limit(100, Duration.ofHours(1));
    AtomicInteger accepted = new AtomicInteger();
    List<Callable<Void>> work = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      work.add(
          () -> {
            for (int i = 0; i < 50; i++) {
              if (accepts(limit, from("192.0.2.1"))) {
                accepted.incrementAndGet();
              }
            }
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      for (Future<Void> result : threads.invokeAll(work)) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertEquals(100, accepted.get());
  }

  @Test
  void builder_withNothingToGive_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> RateLimit.of(0, Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> RateLimit.of(1, Duration.ZERO));
  }
}
