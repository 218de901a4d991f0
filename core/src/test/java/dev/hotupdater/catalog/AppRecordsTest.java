package dev.hotupdater.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.release.ReleaseVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppRecordsTest {
  private static final AppId APP = AppId.of("com.example.app");
  private static final Instant NOW = Instant.parse("2026-03-13T12:00:00Z");

  private HotUpdater server;
  private Releases releases;

  @BeforeEach
  void start() {
    server = HotUpdater.builder().database(InMemoryDatabase.create()).build();
    releases = server.backend().releases(RequestContext.none());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Release draft(AppId app, String version) {
    return Release.builder(ReleaseId.random(), app, ReleaseVersion.of(version), NOW).build();
  }

  @Test
  void changeRecords_writesAppAndReleaseTogether() {
    Release release = draft(APP, "1.0.0");
    releases.changeRecords(APP, records -> records.with(App.create(APP, NOW)).with(release));
    AppRecords stored = releases.records(APP);
    assertEquals(Optional.of(App.create(APP, NOW)), stored.app());
    assertEquals(List.of(release), List.copyOf(stored.releases()));
  }

  @Test
  void changeRecords_appThatHasChangedSince_isReadAndDecidedAgain() {
    releases.changeRecords(APP, records -> records.with(App.create(APP, NOW)));
    AtomicInteger turns = new AtomicInteger();
    AppRecords after =
        releases.changeRecords(
            APP,
            records -> {
              if (turns.incrementAndGet() == 1) {
                releases.changeApp(APP, NOW, AppRecordsTest::next);
              }
              return records.with(next(records.app().orElseThrow()));
            });
    assertEquals(2, turns.get());
    assertEquals(2, after.app().orElseThrow().liveUpdates().sequence());
  }

  private static App next(App app) {
    return app.withLiveUpdates(app.liveUpdates().nextSequence());
  }

  @Test
  void changeRecords_thatBreaksARule_writesNothing() {
    assertThrows(
        InvalidReleaseException.class,
        () ->
            releases.changeRecords(
                APP,
                records ->
                    records
                        .with(App.create(APP, NOW))
                        .with(draft(APP, "1.0.0").toBuilder().sequence(-1).build())));
    assertEquals(Optional.empty(), releases.findApp(APP));
    Release yanked = draft(APP, "1.0.0").yanked();
    releases.changeRecords(APP, records -> records.with(App.create(APP, NOW)).with(yanked));
    assertThrows(
        ReleaseStateException.class,
        () -> releases.changeRecords(APP, records -> records.with(yanked.published(NOW))));
  }

  @Test
  void with_recordsOfOtherApp_areRefused() {
    AppRecords records = releases.records(APP);
    AppId other = AppId.of("com.example.other");
    assertThrows(IllegalArgumentException.class, () -> records.with(App.create(other, NOW)));
    assertThrows(IllegalArgumentException.class, () -> records.with(draft(other, "1.0.0")));
  }
}
