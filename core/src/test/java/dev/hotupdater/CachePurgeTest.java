package dev.hotupdater;

import static dev.hotupdater.fixture.PublishedBundle.archive;
import static dev.hotupdater.fixture.PublishedBundle.id;
import static dev.hotupdater.fixture.PublishedBundle.withManifest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.fixture.CountingStorage;
import dev.hotupdater.fixture.Device;
import dev.hotupdater.fixture.Eventually;
import dev.hotupdater.fixture.Together;
import dev.hotupdater.protocol.hotupdater.CachePurge;
import dev.hotupdater.protocol.hotupdater.UpdateCheckRoutes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which answers are removed from caches in front of the server, and when. */
class CachePurgeTest {
  private static final String IOS = "/base/app-version/ios/";
  private static final String ANDROID = "/base/app-version/android/";
  private static final String FINGERPRINTS = "/base/fingerprint/ios/";
  private static final Device DEVICE = Device.ofVersion("1.0.0");

  private final InMemoryDatabase database = InMemoryDatabase.create();
  private final BlockingQueue<Set<String>> purged = new ArrayBlockingQueue<>(100);
  private final List<HotUpdater> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(HotUpdater::close);
  }

  private HotUpdater purging(CachePurge purge) {
    return serving(UpdateCheckRoutes.builder().cachePurge(purge).build());
  }

  private HotUpdater serving(UpdateCheckRoutes checks) {
    HotUpdater server =
        HotUpdater.builder()
            .database(database)
            .freshness(Freshness.polling(Duration.ofMillis(20), Duration.ofHours(1)))
            .storage(new CountingStorage())
            .basePath("/base")
            .updateChecks(checks)
            .build();
    servers.add(server);
    return server;
  }

  private Set<String> nextPurge() throws InterruptedException {
    Set<String> paths = purged.poll(Eventually.DEADLINE.toSeconds(), TimeUnit.SECONDS);
    return Optional.ofNullable(paths).orElseGet(() -> fail("nothing was purged"));
  }

  private static void change(HotUpdater server, BundleId id, Consumer<Bundle.Builder> edit) {
    server.bundles().change(id, BundleChange.of(edit));
  }

  private static Bundle.Builder byFingerprint(int number, String hash) {
    return archive(number).targetAppVersion(Optional.empty()).fingerprintHash(Optional.of(hash));
  }

  @Test
  void bundleByAppVersion_purgesItsPlatform() throws Exception {
    HotUpdater server = purging(purged::add);

    server.bundles().publish(archive(1).build());
    assertEquals(Set.of(IOS), nextPurge());
    change(server, id(1), bundle -> bundle.message(Optional.of("new")));
    assertEquals(Set.of(IOS), nextPurge());
    change(server, id(1), bundle -> bundle.channel("beta"));
    assertEquals(Set.of(IOS), nextPurge());
    change(server, id(1), bundle -> bundle.enabled(false));
    assertEquals(Set.of(IOS), nextPurge());
    change(server, id(1), bundle -> bundle.enabled(true));
    assertEquals(Set.of(IOS), nextPurge());
    server.bundles().delete(id(1));
    assertEquals(Set.of(IOS), nextPurge());
  }

  @Test
  void bundlesOfOneCommit_arePurgedTogether() throws Exception {
    HotUpdater server = purging(purged::add);

    server
        .bundles()
        .publish(
            List.of(
                archive(1).build(),
                archive(2).platform(Platform.ANDROID).build(),
                byFingerprint(3, "a1.B_2~3-4").build()));

    assertEquals(Set.of(IOS, ANDROID, FINGERPRINTS + "a1.B_2~3-4/"), nextPurge());
  }

  @Test
  void bundleByFingerprint_purgesItsHash_orAllHashesIfItCanBeWrittenInSeveralWays()
      throws Exception {
    HotUpdater server = purging(purged::add);

    server.bundles().publish(byFingerprint(1, "0a1b").build());
    assertEquals(Set.of(FINGERPRINTS + "0a1b/"), nextPurge());
    for (String odd : List.of("a b", "a/b", "a%20b", "ä", "a+b=")) {
      server.bundles().publish(byFingerprint(2, odd).build());
      assertEquals(Set.of(FINGERPRINTS), nextPurge(), odd);
      server.bundles().delete(id(2));
      assertEquals(Set.of(FINGERPRINTS), nextPurge(), odd);
    }
  }

  @Test
  void bundleByBoth_purgesBoth() throws Exception {
    HotUpdater server = purging(purged::add);

    server.bundles().publish(archive(1).fingerprintHash(Optional.of("f1")).build());

    assertEquals(Set.of(IOS, FINGERPRINTS + "f1/"), nextPurge());
  }

  @Test
  void bundleThatMoves_purgesWhereItWasAndWhereItIs() throws Exception {
    HotUpdater server = purging(purged::add);
    server.bundles().publish(archive(1).build());
    assertEquals(Set.of(IOS), nextPurge());

    change(server, id(1), bundle -> bundle.platform(Platform.ANDROID));
    assertEquals(Set.of(IOS, ANDROID), nextPurge());
    change(
        server,
        id(1),
        bundle ->
            bundle
                .platform(Platform.IOS)
                .targetAppVersion(Optional.empty())
                .fingerprintHash(Optional.of("f1")));
    assertEquals(Set.of(ANDROID, FINGERPRINTS + "f1/"), nextPurge());
    change(server, id(1), bundle -> bundle.fingerprintHash(Optional.of("f2")));
    assertEquals(Set.of(FINGERPRINTS + "f1/", FINGERPRINTS + "f2/"), nextPurge());
  }

  @Test
  void bundleThatStaysDisabledAndHasNoManifest_purgesNothing() throws Exception {
    HotUpdater server = purging(purged::add);

    server.bundles().publish(archive(1).enabled(false).build());
    change(server, id(1), bundle -> bundle.message(Optional.of("new")));
    server.bundles().delete(id(1));
    server.bundles().publish(archive(2).platform(Platform.ANDROID).build());
    assertEquals(Set.of(ANDROID), nextPurge());
    server.bundles().publish(archive(2).platform(Platform.ANDROID).build());
    server.bundles().publish(archive(3).build());

    assertEquals(Set.of(IOS), nextPurge());
  }

  @Test
  void disabledBundleWithAManifest_isPurged_sinceDevicesMayRunIt() throws Exception {
    HotUpdater server = purging(purged::add);

    server.bundles().publish(withManifest(1).enabled(false).build());

    assertEquals(Set.of(IOS), nextPurge());
  }

  @Test
  void withoutBasePath_pathsStartAtTheRoot() throws Exception {
    try (HotUpdater server =
        HotUpdater.builder()
            .database(database)
            .updateChecks(UpdateCheckRoutes.builder().cachePurge(purged::add).build())
            .build()) {
      server.bundles().publish(archive(1).build());

      assertEquals(Set.of("/app-version/ios/"), nextPurge());
    }
  }

  /** Does a check whenever it is called, and keeps which bundle the device is told to run. */
  private final class Checking implements CachePurge {
    private final BlockingQueue<String> seen = new ArrayBlockingQueue<>(100);
    private Optional<HotUpdater> server = Optional.empty();

    HotUpdater server() {
      HotUpdater purging = purging(this);
      server = Optional.of(purging);
      return purging;
    }

    @Override
    public void purge(Set<String> pathPrefixes) {
      purged.add(pathPrefixes);
      seen.add(DEVICE.ask(server.orElseThrow()).json().path("id").asText("none"));
    }

    String next() throws InterruptedException {
      return String.valueOf(seen.poll(Eventually.DEADLINE.toSeconds(), TimeUnit.SECONDS));
    }
  }

  @Test
  void purge_comesWhenTheNewStateAnswers() throws Exception {
    Checking checking = new Checking();
    HotUpdater server = checking.server();

    for (int number = 1; number <= 20; number++) {
      server.bundles().publish(archive(number).build());
      assertEquals(id(number).toString(), checking.next());
    }
  }

  @Test
  void writeOfAnotherServer_isPurged_whenThisOneAnswersWithIt() throws Exception {
    Checking checking = new Checking();
    checking.server();
    HotUpdater other = serving(UpdateCheckRoutes.create());

    other.bundles().publish(archive(1).build());
    assertEquals(Set.of(IOS), nextPurge());
    assertEquals(id(1).toString(), checking.next());
    other.bundles().delete(id(1));
    assertEquals(Set.of(IOS), nextPurge());
    assertEquals("none", checking.next());
  }

  @Test
  void purgeThatThrows_isTriedAgainWithTheSamePaths() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    HotUpdater server =
        purging(
            paths -> {
              purged.add(paths);
              if (calls.incrementAndGet() == 1) {
                throw new IOException("of the test");
              }
            });

    server.bundles().publish(archive(1).build());

    assertEquals(Set.of(IOS), nextPurge());
    assertEquals(Set.of(IOS), nextPurge());
    server.bundles().publish(archive(2).platform(Platform.ANDROID).build());
    assertEquals(Set.of(ANDROID), nextPurge());
  }

  @Test
  void purgeThatBlocks_holdsUpNothing_andWhatChangesMeanwhileIsCollected() throws Exception {
    CountDownLatch blocking = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    HotUpdater server =
        purging(
            paths -> {
              purged.add(paths);
              blocking.countDown();
              released.await();
            });
    server.bundles().publish(archive(1).build());
    blocking.await();

    server.bundles().publish(archive(2).platform(Platform.ANDROID).build());
    server.bundles().publish(byFingerprint(3, "f3").build());
    server.bundles().publish(archive(4).build());
    assertEquals(id(4).toString(), DEVICE.ask(server).json().path("id").asText());
    assertEquals(1, purged.size());
    released.countDown();

    assertEquals(Set.of(IOS), nextPurge());
    assertEquals(Set.of(IOS, ANDROID, FINGERPRINTS + "f3/"), nextPurge());
    change(server, id(3), bundle -> bundle.enabled(false));
    assertEquals(Set.of(FINGERPRINTS + "f3/"), nextPurge());
  }

  @Test
  void changesOfManyThreads_areAllPurged() throws Exception {
    HotUpdater server = purging(purged::add);
    int threads = 8;
    Together.call(
        threads,
        number ->
            () -> {
              server.bundles().publish(byFingerprint(1 + number, "f" + number).build());
              return true;
            });

    Set<String> all = new HashSet<>();
    while (all.size() < threads) {
      all.addAll(nextPurge());
    }
    assertEquals(threads, all.size(), all::toString);
  }
}
