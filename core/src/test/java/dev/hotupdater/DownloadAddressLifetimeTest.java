package dev.hotupdater;

import static dev.hotupdater.fixture.PublishedBundle.archive;
import static dev.hotupdater.fixture.PublishedBundle.archiveKey;
import static dev.hotupdater.fixture.PublishedBundle.manifest;
import static dev.hotupdater.fixture.PublishedBundle.manifestKey;
import static dev.hotupdater.fixture.PublishedBundle.withManifest;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.fixture.CountingStorage;
import dev.hotupdater.fixture.Device;
import dev.hotupdater.fixture.Eventually;
import dev.hotupdater.fixture.Seed;
import dev.hotupdater.fixture.Together;
import dev.hotupdater.protocol.hotupdater.UpdateInfo;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.SettableClock;
import dev.hotupdater.storage.Storage;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For how long download addresses are handed out, and how often a storage is asked for them. */
class DownloadAddressLifetimeTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final Device DEVICE = Device.ofVersion("1.0.0");

  /** What {@link #expiring} writes: until when the address works, and from when. */
  private static final Pattern ADDRESS =
      Pattern.compile("https://cdn\\.test/([^?\\s]+)\\?from=(\\d+)&until=(\\d+)&number=\\d+");

  private final SettableClock clock = new SettableClock(START);
  private final CountingStorage storage = new CountingStorage();
  private final AtomicInteger given = new AtomicInteger();
  private final List<HotUpdater> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(HotUpdater::close);
  }

  private HotUpdater serving(Storage of, Bundle bundle) {
    HotUpdater server =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .freshness(Freshness.polling(HOUR, HOUR))
            .storage(of)
            .publicUrl(URI.create("https://updates.test"))
            .clock(clock)
            .build();
    servers.add(server);
    server.bundles().publish(bundle);
    return server;
  }

  private HotUpdater serving(Bundle bundle) {
    return serving(storage, bundle);
  }

  /** An address that works from now on for this long, and says so in its text. */
  private DownloadAddress expiring(String key, Duration lifetime) {
    Instant now = clock.instant();
    Instant end = now.plus(lifetime);
    return DownloadAddress.expiring(
        "https://cdn.test/"
            + key
            + "?from="
            + now.toEpochMilli()
            + "&until="
            + end.toEpochMilli()
            + "&number="
            + given.incrementAndGet(),
        end);
  }

  /** The address in an answer, taken apart. */
  private record Given(String key, Instant from, Instant until) {
    static List<Given> in(String text) {
      List<Given> found = new ArrayList<>();
      Matcher matcher = ADDRESS.matcher(text.replace("\\u0026", "&"));
      while (matcher.find()) {
        found.add(
            new Given(matcher.group(1), instant(matcher.group(2)), instant(matcher.group(3))));
      }
      return found;
    }

    private static Instant instant(String millis) {
      return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    Duration lifetime() {
      return Duration.between(from, until);
    }

    boolean hasHalfLeft(Instant now) {
      return Duration.between(now, until).compareTo(lifetime().dividedBy(2)) >= 0;
    }

    boolean isDue(Instant now) {
      return Duration.between(from, now).compareTo(lifetime().dividedBy(4)) >= 0;
    }
  }

  private static String overHttp(HotUpdater server) {
    TestServer.Answer answer = DEVICE.ask(server);
    assertEquals(200, answer.status(), answer::text);
    return answer.text();
  }

  private static String byCall(HotUpdater server) {
    return server.checkForUpdate(DEVICE.check()).map(UpdateInfo::toString).orElseThrow();
  }

  /** Addresses are renewed in the background; afterwards nothing is under way any more. */
  private void awaitRenewal(HotUpdater server) {
    Eventually.await(
        () -> Given.in(overHttp(server)).stream().noneMatch(g -> g.isDue(clock.instant())));
  }

  @Test
  void randomLifetimesAndSteps_everyAddressHasHalfItsLifeLeft_andIsAskedForOncePerQuarter() {
    Random random = Seed.random(DownloadAddressLifetimeTest.class);
    for (int round = 0; round < 15; round++) {
      Map<String, Duration> lifetimes = new HashMap<>();
      String[] keys = {archiveKey(2), manifestKey(2), "2/files/a.png", "2/files/b.png"};
      for (String key : keys) {
        lifetimes.put(key, Duration.ofSeconds(4L * (1 + random.nextInt(20_000))));
      }
      CountingStorage ofRound = new CountingStorage();
      ofRound.addressing(
          (uri, context) -> expiring(uri.key(), requireNonNull(lifetimes.get(uri.key()))));
      ofRound.put(manifestKey(2), manifest(Map.of("a.png", "1", "b.png", "2")));
      HotUpdater server = serving(ofRound, withManifest(2).build());

      Map<String, Integer> expected = new HashMap<>();
      Map<String, Instant> renewals = new HashMap<>();
      for (int step = 0; step < 30; step++) {
        Instant now = clock.instant();
        lifetimes.forEach(
            (key, lifetime) -> {
              if (!now.isBefore(renewals.getOrDefault(key, Instant.EPOCH))) {
                expected.merge(key, 1, Integer::sum);
                renewals.put(key, now.plus(lifetime.dividedBy(4)));
              }
            });
        checkAnswer(random.nextBoolean() ? overHttp(server) : byCall(server));
        awaitRenewal(server);
        expected.forEach((key, count) -> assertEquals(count, ofRound.addresses(key), key));
        long some = requireNonNull(lifetimes.get(keys[random.nextInt(keys.length)])).toMillis();
        clock.advance(Duration.ofMillis((long) (some * random.nextDouble() * 0.7)));
      }
    }
  }

  private void checkAnswer(String answer) {
    List<Given> addresses = Given.in(answer);
    assertEquals(4, addresses.size(), answer);
    addresses.forEach(
        address -> assertTrue(address.hasHalfLeft(clock.instant()), address::toString));
  }

  @Test
  void firstRequestsOfManyThreads_askOnce() {
    storage.addressing((uri, context) -> expiring(uri.key(), HOUR));
    HotUpdater server = serving(archive(1).build());

    List<String> answers =
        Together.call(16, number -> () -> number % 2 == 0 ? overHttp(server) : byCall(server));

    assertEquals(1, storage.addresses());
    assertEquals(1, new HashSet<>(answers.stream().map(Given::in).toList()).size());
  }

  @Test
  void requestsOfManyThreads_whenTheRenewalIsDue_askOnce() {
    storage.addressing((uri, context) -> expiring(uri.key(), HOUR));
    HotUpdater server = serving(archive(1).build());
    overHttp(server);
    clock.advance(HOUR.dividedBy(4));

    Together.call(16, number -> () -> number % 2 == 0 ? overHttp(server) : byCall(server));
    awaitRenewal(server);

    assertEquals(2, storage.addresses());
  }

  @Test
  void storageThatFails_theOldAddressGoesOnUntilHalfItsLife_thenItIs503_andRecoversByItself() {
    storage.addressing((uri, context) -> expiring(uri.key(), HOUR));
    HotUpdater server = serving(archive(1).build());
    List<Given> first = Given.in(overHttp(server));
    storage.addressing(
        (uri, context) -> {
          throw new StorageUnavailableException("taken away by the test");
        });

    clock.set(START.plus(HOUR.dividedBy(2)).minus(MOMENT));
    assertEquals(first, Given.in(byCall(server)));
    assertEquals(first, Given.in(overHttp(server)));
    clock.set(START.plus(HOUR.dividedBy(2)));
    // A renewal that is under way may still answer with what it has found.
    Eventually.await(() -> DEVICE.ask(server).status() != 200);
    assertEquals(503, DEVICE.ask(server).status());
    assertThrows(StorageUnavailableException.class, () -> server.checkForUpdate(DEVICE.check()));

    storage.addressing((uri, context) -> expiring(uri.key(), HOUR));
    assertEquals(clock.instant(), Given.in(overHttp(server)).get(0).from());
    assertEquals(clock.instant(), Given.in(byCall(server)).get(0).from());
  }

  @Test
  void storageThatFailsAtTheRenewal_isAskedAgainBeforeTheAddressEnds() {
    storage.addressing((uri, context) -> expiring(uri.key(), HOUR));
    HotUpdater server = serving(archive(1).build());
    overHttp(server);
    storage.addressing(
        (uri, context) -> {
          throw new StorageException("refused by the test");
        });
    clock.advance(HOUR.dividedBy(4));
    Eventually.await(() -> !overHttp(server).isEmpty() && storage.addresses() == 2);
    for (int i = 0; i < 100; i++) {
      overHttp(server);
      byCall(server);
    }
    assertEquals(2, storage.addresses(), "no pause before the next attempt");

    storage.addressing((uri, context) -> expiring(uri.key(), HOUR));
    clock.advance(Duration.ofSeconds(6));
    awaitRenewal(server);

    assertEquals(3, storage.addresses());
  }

  @Test
  void permanentAddress_isAskedForOnce() {
    HotUpdater server = serving(archive(1).build());

    for (int i = 0; i < 20; i++) {
      overHttp(server);
      byCall(server);
      clock.advance(Duration.ofDays(400));
    }

    assertEquals(1, storage.addresses());
  }

  @Test
  void addressThatSaysForHowLongItIsReusable_isRenewedAtThatMoment() {
    storage.addressing(
        (uri, context) -> {
          Instant now = clock.instant();
          return DownloadAddress.expiring(
              "https://cdn.test/a?number=" + given.incrementAndGet(),
              now.plus(HOUR),
              now.plus(Duration.ofMinutes(40)));
        });
    HotUpdater server = serving(archive(1).build());

    String first = overHttp(server);
    clock.set(START.plus(Duration.ofMinutes(40)).minus(MOMENT));
    assertEquals(first, overHttp(server));
    byCall(server);
    assertEquals(1, storage.addresses());
    clock.advance(MOMENT);
    assertNotEquals(first, overHttp(server));
    byCall(server);
    assertEquals(2, storage.addresses());
  }

  @Test
  void addressOfAFileStorage_changesWhenTheStorageGivesAnother(@TempDir Path directory) {
    FileStorage files = FileStorage.builder(directory).clock(clock).downloadLifetime(HOUR).build();
    HotUpdater server = serving(files, archive(1).storageUri("local://updates/a.zip").build());
    Set<String> addresses = new HashSet<>();

    for (int minute = 0; minute < 240; minute++) {
      String address = DEVICE.ask(server).json().path("fileUrl").asText();
      addresses.add(address);
      Matcher expires = Pattern.compile("expires=(\\d+)").matcher(address);
      assertTrue(expires.find(), address);
      Instant end = Instant.ofEpochSecond(Long.parseLong(expires.group(1)));
      Duration left = Duration.between(clock.instant(), end);
      assertTrue(left.compareTo(HOUR.dividedBy(2)) >= 0, left::toString);
      assertTrue(byCall(server).contains(address));
      clock.advance(Duration.ofMinutes(1));
    }

    assertEquals(8, addresses.size());
  }

  @Test
  void contextsWithDifferentCacheKeys_getTheirOwnAddresses() {
    storage.addressing(
        (uri, context) ->
            DownloadAddress.permanent(
                "https://" + context.attribute("tenant", String.class).orElseThrow() + ".test/a"));
    HotUpdater server = serving(archive(1).build());

    for (int i = 0; i < 3; i++) {
      for (String tenant : List.of("one", "two")) {
        RequestContext context = tenant(tenant).withCacheKey(tenant);
        assertEquals("https://" + tenant + ".test/a", fileUrl(server, context));
      }
    }

    assertEquals(2, storage.addresses());
  }

  @Test
  void contextWithoutCacheKey_getsANewAddressEachTime() {
    storage.addressing((uri, context) -> expiring(uri.key(), HOUR));
    HotUpdater server = serving(archive(1).build());

    Set<String> addresses = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      addresses.add(fileUrl(server, tenant("one")));
      server.checkForUpdate(DEVICE.check(), tenant("one"));
    }

    assertEquals(5, addresses.size());
    assertEquals(10, storage.addresses());
  }

  private static RequestContext tenant(String name) {
    return RequestContext.none().with("tenant", name);
  }

  private static String fileUrl(HotUpdater server, RequestContext context) {
    return DEVICE.ask(server, context).json().path("fileUrl").asText();
  }
}
