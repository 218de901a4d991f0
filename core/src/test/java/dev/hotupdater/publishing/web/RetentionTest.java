package dev.hotupdater.publishing.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.release.DeliveryRules;
import dev.hotupdater.release.LiveUpdateSettings;
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
            app -> app.withLiveUpdates(sameMajor(app.liveUpdates())));
    assertEquals(List.of("stable 1.0.0", "stable 2.0.0"), cleanUp(LAST));
  }

  private static LiveUpdateSettings sameMajor(LiveUpdateSettings settings) {
    DeliveryRules rules =
        new DeliveryRules(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(VersionPolicy.SAME_MAJOR),
            Optional.empty());
    return settings.withRules(rules);
  }

  @Test
  void retention_checksItsBounds() {
    assertThrows(IllegalArgumentException.class, () -> new Retention(0, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> new Retention(1, Duration.ofDays(-1)));
  }
}
