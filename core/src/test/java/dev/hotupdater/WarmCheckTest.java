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

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.fixture.CountingDatabase;
import dev.hotupdater.fixture.CountingStorage;
import dev.hotupdater.fixture.Device;
import dev.hotupdater.fixture.Seed;
import dev.hotupdater.storage.DownloadAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A check whose answer is known asks neither the database nor a storage. */
class WarmCheckTest {
  private static final int CHECKS = 1_000;
  private static final Duration LONG = Duration.ofHours(1);
  private static final String[] COHORTS = {"1", "500", "1000", "qa", "unknown", "1001"};

  private final CountingDatabase database = new CountingDatabase();
  private final CountingStorage storage = new CountingStorage();
  private final HotUpdater server =
      HotUpdater.builder()
          .database(database)
          .freshness(Freshness.polling(LONG, LONG))
          .storage(storage)
          .build();

  /** A device in each of the situations that differ, and what it is told. */
  private enum Situation {
    ARCHIVE_ONLY(Device.ofVersion("2.0.0"), "\"status\":\"UPDATE\""),
    MANIFEST_FROM_BUILT_IN(Device.ofVersion("1.0.0"), "manifestUrl"),
    MANIFEST_WITH_CHANGED_FILES_AND_PATCH(
        Device.ofVersion("1.0.0").running(id(10)), "\"algorithm\":\"bsdiff\""),
    MANIFEST_FROM_UNKNOWN(Device.ofVersion("1.0.0").running(id(7)), "changedAssets"),
    ROLLBACK(Device.ofVersion("2.0.0").running(id(99)), "\"status\":\"ROLLBACK\""),
    ROLLBACK_WITH_MANIFEST(Device.ofVersion("1.0.0").running(id(99)), "changedAssets"),
    ROLLBACK_TO_BUILT_IN(
        Device.ofVersion("1.0.0").following("empty").running(id(5)), "\"fileUrl\":null"),
    UP_TO_DATE(Device.ofVersion("1.0.0").running(id(11)), "null"),
    NO_SUCH_CHANNEL(Device.ofVersion("1.0.0").following("empty"), "null"),
    NO_SUCH_VERSION(Device.ofVersion("not a version"), "null"),
    FINGERPRINT(Device.ofFingerprint("print"), "\"status\":\"UPDATE\""),
    OTHER_FINGERPRINT(Device.ofFingerprint("no such"), "null"),
    OTHER_PLATFORM(Device.ofVersion("1.0.0").on(Platform.ANDROID), "\"status\":\"UPDATE\"");

    private final Device device;
    private final String expected;

    Situation(Device device, String expected) {
      this.device = device;
      this.expected = expected;
    }
  }

  @BeforeEach
  void publish() {
    storage.addressing(
        (uri, context) ->
            DownloadAddress.expiring(
                "https://cdn.test/" + uri.key(), Instant.now().plus(Duration.ofDays(7))));
    storage.put(manifestKey(10), manifest(Map.of(SCRIPT, "script10", "a.png", "1", "b.png", "2")));
    storage.put(manifestKey(11), manifest(Map.of(SCRIPT, "script11", "a.png", "1", "b.png", "3")));
    server
        .bundles()
        .publish(
            List.of(
                withManifest(10).targetAppVersion(Optional.of("1.x")).build(),
                withManifest(11)
                    .targetAppVersion(Optional.of("1.x"))
                    .patches(patchFrom(10))
                    .build(),
                // Reaches few, so that the others are searched for behind it.
                archive(12)
                    .targetAppVersion(Optional.of(">=1.5.0"))
                    .rollout(Rollout.of(1))
                    .targetCohorts(Optional.of(List.of(Cohort.of("qa"))))
                    .build(),
                archive(20).targetAppVersion(Optional.of("2.x")).build(),
                archive(30)
                    .targetAppVersion(Optional.empty())
                    .fingerprintHash(Optional.of("print"))
                    .build(),
                archive(40).platform(Platform.ANDROID).build()));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void sameCheckAgain_asksNothing(Situation situation) {
    assertTrue(
        situation.device.ask(server).text().contains(situation.expected),
        () -> situation.device.ask(server).text());
    String answer = situation.device.ask(server).text();
    Object info = server.checkForUpdate(situation.device.check());
    int queries = database.calls();
    int storageCalls = storage.calls();

    for (int i = 0; i < CHECKS; i++) {
      assertEquals(answer, situation.device.ask(server).text());
      assertEquals(info, server.checkForUpdate(situation.device.check()));
    }

    assertEquals(queries, database.calls());
    assertEquals(storageCalls, storage.calls());
  }

  @Test
  void checksOfManyCohortsAndVersions_askNothing() {
    Random random = Seed.random(WarmCheckTest.class);
    for (Situation situation : Situation.values()) {
      check(situation.device);
    }
    for (String cohort : COHORTS) {
      check(Device.ofVersion("1.6.0").inCohort(cohort));
      check(Device.ofVersion("2.0.0").inCohort(cohort));
    }
    int queries = database.calls();
    int storageCalls = storage.calls();

    for (int i = 0; i < CHECKS; i++) {
      Device device = Device.ofVersion(version(random)).on(Platform.values()[random.nextInt(2)]);
      check(random.nextInt(4) == 0 ? device : device.inCohort(cohort(random)));
    }

    assertEquals(queries, database.calls());
    assertEquals(storageCalls, storage.calls());
  }

  private void check(Device device) {
    assertEquals(200, device.ask(server).status());
    server.checkForUpdate(device.check());
  }

  private static String version(Random random) {
    return random.nextInt(4) + "." + random.nextInt(1_000) + "." + random.nextInt();
  }

  private static String cohort(Random random) {
    return random.nextBoolean()
        ? Integer.toString(random.nextInt(1_100))
        : COHORTS[random.nextInt(COHORTS.length)];
  }
}
