package dev.hotupdater.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.ReleaseConflictException;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseLine;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.Slug;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReleaseCatalogTest {
  private static final Instant TIME = Instant.parse("2026-03-13T12:00:00Z");
  private static final AppId APP = AppId.of("app-1");
  private static final AppId OTHER_APP = AppId.of("app-2");

  private final Counted database = new Counted();
  private final ReleaseCatalog catalog = ReleaseCatalog.start(database, Freshness.polling());
  private final Releases releases = Releases.of(catalog, database, RequestContext.none());

  @AfterEach
  void close() {
    catalog.close();
  }

  /** Counts what it is asked. */
  private static final class Counted implements ReleaseDatabase {
    private final InMemoryDatabase database = InMemoryDatabase.create();
    private final AtomicInteger snapshots = new AtomicInteger();

    @Override
    public void check() {}

    @Override
    public BundleStore bundles(RequestContext context) {
      return database.bundles(context);
    }

    @Override
    public ReleaseStore releases(RequestContext context) {
      ReleaseStore store = database.releases(context);
      return new ReleaseStore() {
        @Override
        public ReleaseSnapshot snapshot() {
          snapshots.incrementAndGet();
          return store.snapshot();
        }

        @Override
        public Revision revision() {
          return store.revision();
        }

        @Override
        public Optional<String> fingerprint() {
          return store.fingerprint();
        }

        @Override
        public void commit(List<ReleaseWrite> writes) {
          store.commit(writes);
        }
      };
    }
  }

  private static Release release(AppId app, String version) {
    return Release.builder(ReleaseId.random(), app, ReleaseVersion.of(version), TIME).build();
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 1_500 && !condition.getAsBoolean(); i++) {
      Thread.sleep(20);
    }
    assertTrue(condition.getAsBoolean());
  }

  @Test
  void view_afterAnOwnWrite_hasIt() {
    releases.changeApp(APP, TIME, app -> app.withSlug(Slug.of("my-app")));
    Release release = release(APP, "1.0.0");
    releases.create(release);

    ReleaseView view = releases.view();

    assertEquals(Optional.of(release), view.release(release.id()));
    assertEquals(APP, view.app(Slug.of("my-app")).orElseThrow().id());
    assertEquals(List.of(release), view.line(APP, "stable").releases());
    assertEquals(List.of(), view.line(APP, "beta").releases());
    assertEquals(Set.of("stable"), view.channels(APP));
  }

  @Test
  void view_asLongAsNothingChanges_isTheSameAndReadsNothing() {
    releases.changeApp(APP, TIME, app -> app);
    ReleaseView view = releases.view();
    int before = database.snapshots.get();

    for (int i = 0; i < 1_000; i++) {
      assertSame(view, releases.view());
    }

    assertEquals(before, database.snapshots.get());
  }

  @Test
  void view_afterAWriteOfAnotherServer_hasItWithinAPoll() throws Exception {
    releases.changeApp(APP, TIME, app -> app);
    Release release = release(APP, "1.0.0");

    database.releases(RequestContext.none()).commit(List.of(ReleaseWrite.create(release)));

    eventually(() -> releases.view().release(release.id()).isPresent());
  }

  @Test
  void lines_thatAWriteDoesNotTouch_stayTheSame() {
    releases.changeApp(APP, TIME, app -> app);
    releases.changeApp(OTHER_APP, TIME, app -> app);
    releases.create(release(APP, "1.0.0"));
    releases.create(release(OTHER_APP, "1.0.0"));
    ReleaseLine touched = releases.view().line(APP, "stable");
    ReleaseLine other = releases.view().line(OTHER_APP, "stable");

    releases.create(release(APP, "1.1.0"));

    assertNotSame(touched, releases.view().line(APP, "stable"));
    assertSame(other, releases.view().line(OTHER_APP, "stable"));
  }

  @Test
  void view_withStrictFreshness_readsEveryTime() {
    try (ReleaseCatalog strict = ReleaseCatalog.start(database, Freshness.strict())) {
      Releases strictly = Releases.of(strict, database, RequestContext.none());
      Release release = release(APP, "1.0.0");
      strictly.view();

      database
          .releases(RequestContext.none())
          .commit(
              List.of(ReleaseWrite.create(App.create(APP, TIME)), ReleaseWrite.create(release)));

      assertTrue(strictly.view().release(release.id()).isPresent());
      assertEquals(Optional.<Duration>empty(), strict.age());
    }
  }

  @Test
  void create_ofAnAppThatDoesNotExist_isRefused() {
    assertThrows(InvalidReleaseException.class, () -> releases.create(release(APP, "1.0.0")));

    assertEquals(List.of(), releases.view().releases(APP));
  }

  @Test
  void create_ofAVersionThatExists_isRefused() {
    releases.changeApp(APP, TIME, app -> app);
    releases.create(release(APP, "1.0.0"));

    assertThrows(AlreadyTakenException.class, () -> releases.create(release(APP, "1.0.0")));
  }

  @Test
  void change_backToAnEarlierState_isRefused() {
    releases.changeApp(APP, TIME, app -> app);
    Release release = release(APP, "1.0.0");
    releases.create(release);
    releases.change(release.id(), each -> each.published(TIME));
    releases.change(release.id(), Release::yanked);

    assertThrows(
        ReleaseStateException.class,
        () -> releases.change(release.id(), each -> each.published(TIME)));
  }

  @Test
  void change_whileAnotherWriterChanges_isRepeated() {
    releases.changeApp(APP, TIME, app -> app);
    Release release = release(APP, "1.0.0");
    releases.create(release);
    AtomicInteger attempts = new AtomicInteger();

    Release changed =
        releases
            .change(
                release.id(),
                read -> {
                  if (attempts.incrementAndGet() == 1) {
                    Release faster = read.toBuilder().mandatory(true).build();
                    database
                        .releases(RequestContext.none())
                        .commit(List.of(ReleaseWrite.replace(faster, read)));
                  }
                  return read.toBuilder().notes("changed").build();
                })
            .orElseThrow();

    assertEquals(2, attempts.get());
    assertEquals("changed", changed.notes());
    assertTrue(changed.mandatory());
  }

  @Test
  void change_thatIsAlwaysTooLate_endsWithTheConflict() {
    releases.changeApp(APP, TIME, app -> app);
    Release release = release(APP, "1.0.0");
    releases.create(release);
    AtomicInteger attempts = new AtomicInteger();

    assertThrows(
        ReleaseConflictException.class,
        () ->
            releases.change(
                release.id(),
                read -> {
                  String notes = "faster " + attempts.incrementAndGet();
                  database
                      .releases(RequestContext.none())
                      .commit(
                          List.of(
                              ReleaseWrite.replace(read.toBuilder().notes(notes).build(), read)));
                  return read.toBuilder().notes("never").build();
                }));
  }

  @Test
  void change_ofAReleaseThatDoesNotExist_isEmpty() {
    assertEquals(Optional.empty(), releases.change(ReleaseId.random(), each -> each));
  }

  @Test
  void delete_removesTheReleaseFromTheView() {
    releases.changeApp(APP, TIME, app -> app);
    Release release = release(APP, "1.0.0");
    releases.create(release);

    releases.delete(release.id());
    releases.delete(release.id());

    assertEquals(Optional.empty(), releases.view().release(release.id()));
    assertEquals(List.of(), releases.view().line(APP, "stable").releases());
  }
}
