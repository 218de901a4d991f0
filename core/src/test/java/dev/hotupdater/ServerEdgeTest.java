package dev.hotupdater;

import static dev.hotupdater.fixture.PublishedBundle.archive;
import static dev.hotupdater.fixture.PublishedBundle.id;
import static dev.hotupdater.fixture.PublishedBundle.manifest;
import static dev.hotupdater.fixture.PublishedBundle.manifestKey;
import static dev.hotupdater.fixture.PublishedBundle.withManifest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Platform;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.fixture.CountingStorage;
import dev.hotupdater.fixture.Device;
import dev.hotupdater.fixture.Eventually;
import dev.hotupdater.http.HttpBody;
import dev.hotupdater.protocol.hotupdater.UpdateCheckRoutes;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.SettableClock;
import dev.hotupdater.storage.StorageUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServerEdgeTest {
  private static final Duration LONG = Duration.ofHours(1);
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final CountingStorage storage = new CountingStorage();

  private HotUpdaterBuilder builder() {
    return HotUpdater.builder()
        .database(InMemoryDatabase.create())
        .freshness(Freshness.polling(LONG, LONG))
        .storage(storage)
        .clock(clock);
  }

  @Test
  void missingManifestOfTheTarget_overHttp_isLookedForAgainAfterAWhile() {
    try (HotUpdater server = builder().build()) {
      server.bundles().publish(withManifest(5).build());
      Device device = Device.ofVersion("1.0.0");
      assertTrue(device.ask(server).json().path("changedAssets").isMissingNode());
      storage.put(manifestKey(5), manifest(Map.of("c.png", "1")));
      clock.advance(Duration.ofDays(30));
      Eventually.await(() -> device.ask(server).json().has("changedAssets"));
    }
  }

  /** With expiring addresses. */
  @Test
  void missingManifestOfTheTarget_overHttpWithExpiringAddresses_isLookedForAgainAfterAWhile() {
    storage.addressing(
        (uri, context) ->
            DownloadAddress.expiring(
                "https://cdn.test/" + uri.key(), clock.instant().plus(Duration.ofDays(7))));
    try (HotUpdater server = builder().build()) {
      server.bundles().publish(withManifest(5).build());
      Device device = Device.ofVersion("1.0.0");
      assertTrue(device.ask(server).json().path("changedAssets").isMissingNode());
      storage.put(manifestKey(5), manifest(Map.of("c.png", "1")));
      clock.advance(Duration.ofMinutes(5));
      Eventually.await(() -> device.ask(server).json().has("changedAssets"));
    }
  }

  @Test
  void purge_isNeverCalledWithNothing() throws Exception {
    List<Set<String>> calls = new CopyOnWriteArrayList<>();
    CountDownLatch inFirst = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger n = new AtomicInteger();
    try (HotUpdater server =
        builder()
            .updateChecks(
                UpdateCheckRoutes.builder()
                    .cachePurge(
                        paths -> {
                          calls.add(paths);
                          if (n.incrementAndGet() == 1) {
                            inFirst.countDown();
                            release.await();
                            throw new IOException("of the test");
                          }
                        })
                    .build())
            .build()) {
      server.bundles().publish(archive(1).build());
      inFirst.await();
      server.bundles().publish(archive(2).platform(Platform.ANDROID).build());
      release.countDown();
      Thread.sleep(4_000);
      assertTrue(calls.stream().noneMatch(Set::isEmpty), calls::toString);
    }
  }

  @Test
  void purge_withStrictFreshness_isRefused() {
    HotUpdaterBuilder strict =
        builder()
            .freshness(Freshness.strict())
            .updateChecks(UpdateCheckRoutes.builder().cachePurge(paths -> {}).build());

    ConfigurationException e = assertThrows(ConfigurationException.class, strict::build);
    assertEquals(1, e.problems().size(), e::toString);
  }

  @Test
  void purge_thatThrowsAnError_isTriedAgain() throws Exception {
    List<Set<String>> calls = new CopyOnWriteArrayList<>();
    try (HotUpdater server =
        builder()
            .updateChecks(
                UpdateCheckRoutes.builder()
                    .cachePurge(
                        paths -> {
                          calls.add(paths);
                          throw new NoClassDefFoundError("of the test");
                        })
                    .build())
            .build()) {
      server.bundles().publish(archive(1).build());
      Thread.sleep(3_000);
      assertTrue(calls.size() > 1, "calls " + calls.size());
    }
  }

  @Test
  void storageThatHangsAtTheRenewal_theOldAddressIsGivenByCall() {
    storage.addressing(
        (uri, context) ->
            DownloadAddress.expiring("https://cdn.test/a", clock.instant().plus(LONG)));
    try (HotUpdater server = builder().storageTimeout(Duration.ofMillis(500)).build()) {
      server.bundles().publish(archive(1).build());
      Device device = Device.ofVersion("1.0.0");
      server.checkForUpdate(device.check());
      storage.addressing(
          (uri, context) -> {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              throw new StorageUnavailableException("interrupted", e);
            }
            throw new IllegalStateException();
          });
      clock.advance(LONG.dividedBy(4));
      server.checkForUpdate(device.check());
    }
  }

  /** Over HTTP for a device that runs another bundle. */
  @Test
  void storageThatHangsAtTheRenewal_theOldAddressIsGivenInANewAnswer() {
    storage.addressing(
        (uri, context) ->
            DownloadAddress.expiring("https://cdn.test/a", clock.instant().plus(LONG)));
    storage.put(manifestKey(2), manifest(Map.of("c.png", "1")));
    try (HotUpdater server = builder().storageTimeout(Duration.ofMillis(500)).build()) {
      server.bundles().publish(archive(1).build());
      server.bundles().publish(withManifest(2).build());
      assertEquals(200, Device.ofVersion("1.0.0").ask(server).status());
      storage.addressing(
          (uri, context) -> {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              throw new StorageUnavailableException("interrupted", e);
            }
            throw new IllegalStateException();
          });
      clock.advance(LONG.dividedBy(4));
      assertEquals(200, Device.ofVersion("1.0.0").running(id(1)).ask(server).status());
    }
  }

  @Test
  void addressThatExpiresInAnEternity_isGiven() {
    storage.addressing((uri, context) -> DownloadAddress.expiring("https://c.test/a", Instant.MAX));
    try (HotUpdater server = builder().build()) {
      server.bundles().publish(archive(1).build());
      assertEquals(200, Device.ofVersion("1.0.0").ask(server).status());
    }
  }

  /** While the storage fails, every check makes the answer anew. */
  @Test
  void storageThatFailsAtTheRenewal_answersAreNotMadeAnewAtEveryCheck() throws Exception {
    storage.addressing(
        (uri, context) ->
            DownloadAddress.expiring("https://cdn.test/a", clock.instant().plus(LONG)));
    try (HotUpdater server = builder().build()) {
      server.bundles().publish(archive(1).build());
      Device device = Device.ofVersion("1.0.0");
      device.ask(server);
      storage.addressing(
          (uri, context) -> {
            throw new StorageUnavailableException("of the test");
          });
      clock.advance(LONG.dividedBy(4));
      // A body in memory equals itself alone, so this counts how many there are.
      Set<HttpBody> bodies = new HashSet<>();
      for (int i = 0; i < 50; i++) {
        var response =
            server.handle(dev.hotupdater.http.HttpRequest.builder("GET", device.path()).build());
        bodies.add(response.body());
        Thread.sleep(20);
      }
      assertTrue(bodies.size() < 5, "made " + bodies.size());
    }
  }

  /** The address under which a client says it reached the server is kept, and not weighed. */
  @Test
  void madeUpHostNames_takeBoundedMemory() {
    try (HotUpdater server = builder().build()) {
      server.bundles().publish(archive(1).build());
      Device device = Device.ofVersion("1.0.0");
      System.gc();
      long before = used();
      for (int i = 0; i < 15_000; i++) {
        java.net.URI host = java.net.URI.create("http://" + "a".repeat(6_000) + i + ".test");
        device.ask(server, dev.hotupdater.context.RequestContext.none().withBaseUri(host));
      }
      System.gc();
      long megabytes = (used() - before) / 1024 / 1024;
      assertTrue(megabytes < 50, megabytes + " MB");
    }
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** The purge goes on after close. */
  @Test
  void close_endsThePurge() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    HotUpdater server =
        builder()
            .updateChecks(
                UpdateCheckRoutes.builder()
                    .cachePurge(
                        paths -> {
                          calls.incrementAndGet();
                          throw new IOException("of the test");
                        })
                    .build())
            .build();
    server.bundles().publish(archive(1).build());
    Eventually.await(() -> calls.get() == 1);
    server.close();
    Thread.sleep(2_500);
    assertEquals(1, calls.get());
  }
}
