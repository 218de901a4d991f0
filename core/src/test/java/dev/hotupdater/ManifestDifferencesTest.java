package dev.hotupdater;

import static dev.hotupdater.fixture.PublishedBundle.SCRIPT;
import static dev.hotupdater.fixture.PublishedBundle.archive;
import static dev.hotupdater.fixture.PublishedBundle.id;
import static dev.hotupdater.fixture.PublishedBundle.manifest;
import static dev.hotupdater.fixture.PublishedBundle.manifestKey;
import static dev.hotupdater.fixture.PublishedBundle.patchFrom;
import static dev.hotupdater.fixture.PublishedBundle.withManifest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleJson;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.fixture.CountingStorage;
import dev.hotupdater.fixture.Device;
import dev.hotupdater.fixture.Together;
import dev.hotupdater.http.Access;
import dev.hotupdater.protocol.hotupdater.BundleRoutes;
import dev.hotupdater.protocol.hotupdater.UpdateInfo;
import dev.hotupdater.storage.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often manifests are read to tell devices which files have changed. */
class ManifestDifferencesTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final CountingStorage storage = new CountingStorage();
  private final HotUpdater server =
      HotUpdater.builder()
          .database(InMemoryDatabase.create())
          .freshness(Freshness.polling(LONG, LONG))
          .storage(storage)
          .routes(BundleRoutes.protectedBy(Access.delegated()))
          .clock(clock)
          .build();

  /** The two ways to ask. Each remembers for itself what it has found out. */
  private enum Way {
    HTTP {
      @Override
      Set<String> changedFiles(HotUpdater server, Device device) {
        Set<String> paths = new TreeSet<>();
        device.ask(server).json().path("changedAssets").fieldNames().forEachRemaining(paths::add);
        return paths;
      }
    },
    CALL {
      @Override
      Set<String> changedFiles(HotUpdater server, Device device) {
        return server
            .checkForUpdate(device.check())
            .flatMap(UpdateInfo::changes)
            .map(changes -> new TreeSet<>(changes.assets().keySet()))
            .orElseGet(TreeSet::new);
      }
    };

    /** The files that the device must get; none if it is to get the archive. */
    abstract Set<String> changedFiles(HotUpdater server, Device device);
  }

  @BeforeEach
  void publish() {
    storage.put(manifestKey(1), manifest(Map.of(SCRIPT, "s1", "a.png", "1", "b.png", "1")));
    storage.put(manifestKey(2), manifest(Map.of(SCRIPT, "s2", "a.png", "2", "b.png", "1")));
    storage.put(manifestKey(3), manifest(Map.of(SCRIPT, "s3", "a.png", "2", "b.png", "3")));
    server
        .bundles()
        .publish(
            List.of(
                withManifest(1).build(),
                withManifest(2).build(),
                withManifest(3).patches(patchFrom(1)).build()));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static Device running(int number) {
    return Device.ofVersion("1.0.0").running(id(number));
  }

  private void send(String method, String path, String body) {
    TestServer.Answer answer = TestServer.send(server, method, path, Map.of(), body);
    assertTrue(answer.status() < 300, answer::text);
  }

  @ParameterizedTest
  @EnumSource
  void manyThreadsAtOnce_readEachManifestOnce(Way way) {
    List<Set<String>> answers = Together.call(16, () -> way.changedFiles(server, running(1)));

    assertEquals(Set.of(Set.of(SCRIPT, "a.png", "b.png")), new HashSet<>(answers));
    assertEquals(1, storage.opened(manifestKey(1)));
    assertEquals(1, storage.opened(manifestKey(3)));
    assertEquals(2, storage.opened());
  }

  @ParameterizedTest
  @EnumSource
  void manyDifferentDevicesAtOnce_readEachManifestOnce(Way way) {
    Together.call(
        16,
        number ->
            () -> way.changedFiles(server, running(1 + number % 2).inCohort("" + (1 + number))));

    assertEquals(1, storage.opened(manifestKey(1)));
    assertEquals(1, storage.opened(manifestKey(2)));
    assertEquals(1, storage.opened(manifestKey(3)));
  }

  @ParameterizedTest
  @EnumSource
  void anotherRunningBundle_readsItsOwnManifestAlone(Way way) {
    way.changedFiles(server, running(1));

    assertEquals(Set.of(SCRIPT, "b.png"), way.changedFiles(server, running(2)));
    assertEquals(1, storage.opened(manifestKey(2)));
    assertEquals(3, storage.opened());
  }

  @ParameterizedTest
  @EnumSource
  void target_patchedWithAnotherManifest_nextAnswerHasTheNewDifference(Way way) {
    way.changedFiles(server, running(2));
    storage.put("new/manifest.json", manifest(Map.of(SCRIPT, "s2", "a.png", "9", "b.png", "1")));

    send(
        "PATCH",
        "/api/bundles/" + id(3),
        "{\"manifestStorageUri\":\"s3://bucket/new/manifest.json\",\"manifestFileHash\":\"new\"}");

    assertEquals(Set.of("a.png"), way.changedFiles(server, running(2)));
    assertEquals(1, storage.opened(manifestKey(2)), "the manifest that is the same was read again");
  }

  @ParameterizedTest
  @EnumSource
  void target_publishedAgainWithAnotherManifestInItsPlace_nextAnswerHasTheNewDifference(Way way) {
    way.changedFiles(server, running(2));
    storage.put(manifestKey(3), manifest(Map.of("new.png", "1")));

    server.bundles().publish(withManifest(3).manifestFileHash(Optional.of("another")).build());

    assertEquals(Set.of("new.png"), way.changedFiles(server, running(2)));
  }

  @ParameterizedTest
  @EnumSource
  void runningBundle_changed_nextAnswerHasTheNewDifference(Way way) {
    way.changedFiles(server, running(2));
    storage.put(manifestKey(2), manifest(Map.of(SCRIPT, "s3", "b.png", "3")));

    server
        .bundles()
        .change(id(2), BundleChange.of(bundle -> bundle.manifestFileHash(Optional.of("another"))));

    assertEquals(Set.of("a.png"), way.changedFiles(server, running(2)));
    assertEquals(1, storage.opened(manifestKey(3)), "the manifest that is the same was read again");
  }

  @ParameterizedTest
  @EnumSource
  void runningBundle_deleted_nextAnswerHasAllFiles(Way way) {
    assertEquals(Set.of(SCRIPT, "b.png"), way.changedFiles(server, running(2)));

    server.bundles().delete(id(2));

    assertEquals(Set.of(SCRIPT, "a.png", "b.png"), way.changedFiles(server, running(2)));
  }

  @ParameterizedTest
  @EnumSource
  void unrelatedPublish_readsNoManifestAgain(Way way) {
    way.changedFiles(server, running(2));
    int before = storage.opened();

    Bundle unrelated = archive(50).channel("beta").build();
    send("POST", "/api/bundles", BundleJson.write(unrelated).toString());
    server.bundles().publish(withManifest(4).channel("beta").build());
    server.bundles().delete(id(4));

    assertEquals(Set.of(SCRIPT, "b.png"), way.changedFiles(server, running(2)));
    assertEquals(before, storage.opened());
  }

  @Test
  void missingManifestOfTheTarget_givesTheArchive_andIsLookedForAgainAfterAWhile() {
    server.bundles().publish(withManifest(5).build());
    assertEquals(Set.of(), Way.CALL.changedFiles(server, running(2)));
    storage.put(manifestKey(5), manifest(Map.of("a.png", "2", "c.png", "1")));

    clock.advance(RETRY.minus(MOMENT));
    assertEquals(Set.of(), Way.CALL.changedFiles(server, running(2)));
    assertEquals(1, storage.opened(manifestKey(5)));
    clock.advance(MOMENT);
    assertEquals(Set.of("c.png"), Way.CALL.changedFiles(server, running(2)));
    clock.advance(Duration.ofDays(1));
    assertEquals(Set.of("c.png"), Way.CALL.changedFiles(server, running(2)));
    assertEquals(2, storage.opened(manifestKey(5)));
    assertEquals(1, storage.opened(manifestKey(2)));
  }

  @Test
  void missingManifestOfTheRunningBundle_givesAllFiles_andIsLookedForAgainAfterAWhile() {
    server.bundles().publish(withManifest(2).manifestStorageUri(uri("late")).build());
    Set<String> all = Set.of(SCRIPT, "a.png", "b.png");
    assertEquals(all, Way.CALL.changedFiles(server, running(2)));
    storage.put("late", manifest(Map.of(SCRIPT, "s2", "a.png", "2", "b.png", "1")));

    clock.advance(RETRY.minus(MOMENT));
    assertEquals(all, Way.CALL.changedFiles(server, running(2)));
    clock.advance(MOMENT);
    assertEquals(Set.of(SCRIPT, "b.png"), Way.CALL.changedFiles(server, running(2)));
    assertEquals(2, storage.opened("late"));
    assertEquals(1, storage.opened(manifestKey(3)));
  }

  private static Optional<String> uri(String key) {
    return Optional.of("s3://bucket/" + key);
  }

  @Test
  void unreadableManifest_givesTheArchive_andIsLookedForAgainAfterAWhile() {
    storage.put(manifestKey(5), "not a manifest");
    server.bundles().publish(withManifest(5).build());
    assertEquals(Set.of(), Way.CALL.changedFiles(server, running(2)));
    assertEquals(Set.of(), Way.CALL.changedFiles(server, running(1)));
    assertEquals(1, storage.opened(manifestKey(5)));

    storage.put(manifestKey(5), manifest(Map.of("a.png", "2", "c.png", "1")));
    clock.advance(RETRY);

    assertEquals(Set.of("c.png"), Way.CALL.changedFiles(server, running(2)));
  }
}
