package dev.hotupdater.publishing.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.liveupdate.Superseded;
import dev.hotupdater.release.DeliveryRules;
import dev.hotupdater.release.LiveUpdateSettings;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.VersionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final Retention LAST = new Retention(1, Duration.ZERO);

  @TempDir private Path folder;
  private WebServer server;

  @BeforeEach
  void start() {
    server = WebServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<String> cleanUp(Retention retention) {
    return server.publishing.cleanUp(WebServer.APP, retention, WebServer.NONE).stream()
        .map(release -> release.channel() + " " + release.version())
        .toList();
  }

  private PublishedBundle publish(NewWebBundle.Builder bundle, String content) {
    return server.publish(bundle, server.zip("a.js", content, "shared.js", "shared"));
  }

  @Test
  void cleanUp_keepsTheLastOnesOfEachChannel() {
    for (int i = 0; i < 12; i++) {
      publish(WebServer.bundle("1.0." + i), "a" + i);
    }
    publish(WebServer.bundle("2.0.0").channel("beta"), "beta");
    assertEquals(
        List.of(
            "stable 1.0.0",
            "stable 1.0.1",
            "stable 1.0.2",
            "stable 1.0.3",
            "stable 1.0.4",
            "stable 1.0.5",
            "stable 1.0.6",
            "stable 1.0.7",
            "stable 1.0.8",
            "stable 1.0.9"),
        cleanUp(new Retention(2, Duration.ZERO)));
    assertEquals(List.of(), cleanUp(new Retention(2, Duration.ZERO)));
    assertEquals(Optional.of("1.0.11"), server.active("stable"));
    PublishedBundle again = server.publish("3.0.0", "shared.js", "shared");
    assertTrue(server.has(server.file(again, "shared.js").uri()));
  }

  @Test
  void cleanUp_keepsTheActiveOne_alsoIfItIsOld() {
    PublishedBundle first = publish(WebServer.bundle("1.0.0"), "1");
    publish(WebServer.bundle("1.1.0"), "2");
    publish(WebServer.bundle("1.2.0"), "3");
    server.publishing.activate(WebServer.APP, first.release().id(), WebServer.NONE);
    assertEquals(List.of("stable 1.1.0", "stable 1.2.0"), cleanUp(LAST));
    assertEquals(Optional.of("1.0.0"), server.active("stable"));
  }

  @Test
  void cleanUp_keepsTheNewestOfEachPlatform() {
    publish(WebServer.bundle("1.0.0").platform("ios"), "1");
    publish(WebServer.bundle("1.1.0").platform("ios"), "2");
    publish(WebServer.bundle("1.2.0").platform("android"), "3");
    publish(WebServer.bundle("1.3.0").platform("android"), "4");
    assertEquals(List.of("stable 1.0.0", "stable 1.2.0"), cleanUp(LAST));
  }

  @Test
  void cleanUp_keepsWhatIsYoung() {
    publish(WebServer.bundle("1.0.0"), "1");
    server.clock.advance(Duration.ofDays(10));
    publish(WebServer.bundle("1.1.0"), "2");
    publish(WebServer.bundle("1.2.0"), "3");
    assertEquals(List.of("stable 1.0.0"), cleanUp(new Retention(1, Duration.ofDays(5))));
  }

  @Test
  void cleanUp_keepsWhatDevicesGetThatAreLeftOutOfNewerOnes() {
    publish(WebServer.bundle("1.0.0"), "1");
    publish(WebServer.bundle("1.1.0"), "2");
    publish(WebServer.bundle("1.2.0").minAppVersion(Optional.of(ReleaseVersion.of("9.0.0"))), "3");
    publish(WebServer.bundle("1.3.0").rollout(Rollout.of(100)), "4");
    assertEquals(List.of("stable 1.0.0"), cleanUp(LAST));
  }

  @Test
  void cleanUp_keepsTheLastOneOfEachMajorVersion_ifDevicesKeepToTheirs() {
    publish(WebServer.bundle("1.0.0"), "1");
    publish(WebServer.bundle("1.1.0"), "2");
    publish(WebServer.bundle("2.0.0"), "3");
    publish(WebServer.bundle("2.1.0"), "4");
    server
        .releases()
        .changeApp(
            WebServer.APP,
            server.clock.instant(),
            app -> app.withLiveUpdates(keepingTo(VersionPolicy.SAME_MAJOR, app.liveUpdates())));
    assertEquals(List.of("stable 1.0.0", "stable 2.0.0"), cleanUp(LAST));
  }

  @Test
  void cleanUp_doesNotCountWhatNobodyGets_ifEachMustDeclareItsMinimum() {
    publish(WebServer.bundle("1.0.0").minAppVersion(Optional.of(ReleaseVersion.of("1.0.0"))), "1");
    publish(WebServer.bundle("1.1.0"), "2");
    server
        .releases()
        .changeApp(
            WebServer.APP,
            server.clock.instant(),
            app ->
                app.withLiveUpdates(keepingTo(VersionPolicy.DECLARED_MINIMUM, app.liveUpdates())));
    assertEquals(List.of(), cleanUp(LAST));
  }

  private static LiveUpdateSettings keepingTo(VersionPolicy policy, LiveUpdateSettings settings) {
    DeliveryRules rules =
        new DeliveryRules(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(policy),
            Optional.empty());
    return settings.withRules(rules);
  }

  @Test
  void retention_checksItsBounds() {
    assertThrows(IllegalArgumentException.class, () -> new Retention(0, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> new Retention(1, Duration.ofDays(-1)));
  }

  private List<String> stillPublished() {
    return server.releases().records(WebServer.APP).releases().stream()
        .filter(release -> release.state() == ReleaseState.PUBLISHED)
        .map(release -> release.version().toString())
        .sorted()
        .toList();
  }

  private void activate(PublishedBundle bundle) {
    Release unused =
        server.publishing.activate(WebServer.APP, bundle.release().id(), WebServer.NONE);
  }

  @Test
  void cleanUp_keepsWhatNativeVersionsGetThatLaterOnesAreUnder() {
    publish(WebServer.bundle("2.0.0"), "1");
    publish(WebServer.bundle("2.0.1"), "2");
    publish(WebServer.bundle("1.9.1"), "3");
    publish(WebServer.bundle("1.9.2"), "4");
    publish(WebServer.bundle("1.9.3"), "5");
    assertEquals(List.of("stable 2.0.0", "stable 1.9.1", "stable 1.9.2"), cleanUp(LAST));
    assertEquals(List.of("1.9.3", "2.0.1"), stillPublished());
  }

  @Test
  void cleanUp_withoutProtectionOfTheNativeVersion_goesByUploadsAlone() {
    server
        .releases()
        .changeApp(
            WebServer.APP,
            server.clock.instant(),
            app -> app.withLiveUpdates(app.liveUpdates().withRules(underNative())));
    publish(WebServer.bundle("2.0.1"), "1");
    publish(WebServer.bundle("1.9.1"), "2");
    assertEquals(List.of("stable 2.0.1"), cleanUp(LAST));
  }

  private static DeliveryRules underNative() {
    return new DeliveryRules(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(true));
  }

  @Test
  void cleanUp_keepsWhatIsOfferedInPlaceOfWhatWasRolledBackFrom() {
    publish(WebServer.bundle("1.0.0"), "1");
    PublishedBundle partly = publish(WebServer.bundle("1.1.0").rollout(Rollout.of(100)), "2");
    publish(WebServer.bundle("1.2.0"), "3");
    activate(partly);
    assertEquals(List.of("stable 1.2.0"), cleanUp(LAST));
    assertEquals(List.of("1.0.0", "1.1.0"), stillPublished());
  }

  @Test
  void cleanUp_keepsTheRollback_asLongAsThereIsWhatItSkips() {
    PublishedBundle good = publish(WebServer.bundle("1.1.0"), "1");
    server.clock.advance(Duration.ofDays(10));
    publish(WebServer.bundle("1.2.0"), "2");
    activate(good);
    publish(WebServer.bundle("1.3.0"), "3");
    Retention days = new Retention(1, Duration.ofDays(5));
    assertEquals(List.of(), cleanUp(days));
    server.clock.advance(Duration.ofDays(10));
    assertEquals(List.of("stable 1.2.0", "stable 1.1.0"), cleanUp(days));
  }

  @Test
  void device_thatRunsWhatWasCleanedUp_keepsIt_untilItsReleaseIsTakenBack() {
    Path zip = server.zip("a.js", "1");
    PublishedBundle old = server.publish(WebServer.bundle("1.0.0"), zip);
    publish(WebServer.bundle("1.1.0"), "2");
    assertEquals(List.of("stable 1.0.0"), cleanUp(LAST));
    PublishedBundle last = publish(WebServer.bundle("1.2.0").rollout(Rollout.of(0)), "3");
    assertTrue(Superseded.is(server.stored(old.release())));

    PublishedBundle again = server.publish(WebServer.bundle("1.0.0"), zip);
    assertEquals(old.release().id(), again.release().id());
    assertTrue(again.release().sequence() > last.release().sequence());
    assertEquals(again.release().sequence(), again.release().uploadSequence());
    server.publishing.remove(WebServer.APP, again.release().id(), WebServer.NONE);
    assertFalse(Superseded.is(server.stored(again.release())));
  }

  @Test
  void remove_ofWhatWasCleanedUp_takesItBack() {
    PublishedBundle old = publish(WebServer.bundle("1.0.0"), "1");
    publish(WebServer.bundle("1.1.0"), "2");
    assertEquals(List.of("stable 1.0.0"), cleanUp(LAST));
    assertTrue(Superseded.is(server.stored(old.release())));

    server.publishing.remove(WebServer.APP, old.release().id(), WebServer.NONE);

    assertFalse(Superseded.is(server.stored(old.release())));
    assertEquals(ReleaseState.REMOVED, server.stored(old.release()).state());
  }
}
