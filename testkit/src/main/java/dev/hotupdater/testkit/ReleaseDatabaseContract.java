package dev.hotupdater.testkit;

import static dev.hotupdater.testkit.SampleReleases.app;
import static dev.hotupdater.testkit.SampleReleases.appId;
import static dev.hotupdater.testkit.SampleReleases.appWithSlug;
import static dev.hotupdater.testkit.SampleReleases.fullApp;
import static dev.hotupdater.testkit.SampleReleases.fullRelease;
import static dev.hotupdater.testkit.SampleReleases.release;
import static dev.hotupdater.testkit.SampleReleases.releaseId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.ReleaseConflictException;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseDelta;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ReleaseDatabase} must do with apps and releases. Who writes one of their own
 * extends this class beside {@link DatabaseContract}.
 *
 * <p>The test with random commits prints its seed. The system property {@value
 * DatabaseContract#SEED} repeats a run.
 */
public abstract class ReleaseDatabaseContract {
  private static final int WRITERS = 8;
  private static final int CHANGES = 6;
  private static final int RANDOM_COMMITS = 60;

  private Optional<ReleaseDatabase> current = Optional.empty();

  /** For subclasses. */
  protected ReleaseDatabaseContract() {}

  /**
   * Creates a database without any app and release, ready for use. It is asked for one before each
   * test; the databases of different tests must not share anything.
   */
  protected abstract ReleaseDatabase createDatabase() throws Exception;

  /** Disposes of a database after a test; does nothing unless it is overridden. */
  protected void dispose(ReleaseDatabase created) throws Exception {}

  /** Asks for the database of a test. */
  @BeforeEach
  public void createDatabaseOfTest() throws Exception {
    current = Optional.of(createDatabase());
  }

  /** Disposes of the database of a test. */
  @AfterEach
  public void disposeOfDatabaseOfTest() throws Exception {
    if (current.isPresent()) {
      dispose(current.get());
    }
  }

  private ReleaseDatabase database() {
    return current.orElseThrow();
  }

  private ReleaseStore store() {
    return database().releases(RequestContext.none());
  }

  private void commit(ReleaseWrite... writes) {
    store().commit(List.of(writes));
  }

  private void assertStored(Set<App> apps, Set<Release> releases) {
    ReleaseSnapshot snapshot = store().snapshot();
    assertEquals(apps, new HashSet<>(snapshot.apps()));
    assertEquals(releases, new HashSet<>(snapshot.releases()));
    assertEquals(apps.size(), snapshot.apps().size());
    assertEquals(releases.size(), snapshot.releases().size());
    assertEquals(0, snapshot.unreadable());
  }

  @Test
  public void snapshot_ofANewDatabase_isEmpty() {
    assertStored(Set.of(), Set.of());
    assertEquals(Optional.empty(), store().findApp(appId(1)));
    assertEquals(Optional.empty(), store().findRelease(releaseId(1)));
    assertEquals(store().revision(), store().snapshot().revision());
  }

  @Test
  public void commit_ofEverythingThereCanBe_isReadBackAsItWas() {
    commit(ReleaseWrite.create(fullApp(1)), ReleaseWrite.create(fullRelease(1)));

    assertStored(Set.of(fullApp(1)), Set.of(fullRelease(1)));
    assertEquals(Optional.of(fullApp(1)), store().findApp(appId(1)));
    assertEquals(Optional.of(fullRelease(1)), store().findRelease(releaseId(1)));
  }

  @Test
  public void commit_ofAsLittleAsThereCanBe_isReadBackAsItWas() {
    commit(ReleaseWrite.create(app(1)), ReleaseWrite.create(release(1)));

    assertStored(Set.of(app(1)), Set.of(release(1)));
  }

  @Test
  public void commit_ofARecordThatIsThere_replacesItWhole() {
    commit(ReleaseWrite.create(fullApp(1)), ReleaseWrite.create(fullRelease(1)));

    commit(ReleaseWrite.put(app(1)), ReleaseWrite.put(release(1)));

    assertStored(Set.of(app(1)), Set.of(release(1)));
  }

  @Test
  public void commit_ofADeletion_removesTheRelease() {
    commit(
        ReleaseWrite.create(app(1)),
        ReleaseWrite.create(release(1)),
        ReleaseWrite.create(release(2)));

    commit(ReleaseWrite.delete(releaseId(1)));
    commit(ReleaseWrite.delete(releaseId(1)));

    assertStored(Set.of(app(1)), Set.of(release(2)));
    assertEquals(Optional.empty(), store().findRelease(releaseId(1)));
  }

  @Test
  public void commit_ofNothing_changesNothing() {
    commit(ReleaseWrite.create(app(1)));

    commit();

    assertStored(Set.of(app(1)), Set.of());
  }

  @Test
  public void commit_doesItsWritesInTheirOrder() {
    Release again = release(1).toBuilder().notes("again").build();

    commit(
        ReleaseWrite.create(app(1)),
        ReleaseWrite.create(release(1)),
        ReleaseWrite.delete(release(1)),
        ReleaseWrite.create(again));

    assertStored(Set.of(app(1)), Set.of(again));
  }

  @Test
  public void commit_thatExpectsAnotherRelease_writesNothing() {
    commit(ReleaseWrite.create(app(1)), ReleaseWrite.create(release(1)));
    Release changed = release(1).toBuilder().notes("changed").build();
    commit(ReleaseWrite.replace(changed, release(1)));
    Release late = release(1).toBuilder().notes("late").build();

    assertThrows(
        ReleaseConflictException.class,
        () -> commit(ReleaseWrite.create(release(2)), ReleaseWrite.replace(late, release(1))));
    assertThrows(
        ReleaseConflictException.class,
        () -> commit(ReleaseWrite.create(release(2)), ReleaseWrite.delete(release(1))));
    assertThrows(
        ReleaseConflictException.class,
        () -> commit(ReleaseWrite.create(release(2)), ReleaseWrite.create(late)));
    assertThrows(
        ReleaseConflictException.class,
        () -> commit(ReleaseWrite.create(release(2)), ReleaseWrite.delete(release(3))));

    assertStored(Set.of(app(1)), Set.of(changed));
  }

  @Test
  public void commit_thatExpectsAnotherApp_writesNothing() {
    commit(ReleaseWrite.create(app(1)));
    commit(ReleaseWrite.replace(fullApp(1), app(1)));

    assertThrows(
        ReleaseConflictException.class,
        () -> commit(ReleaseWrite.create(app(2)), ReleaseWrite.replace(app(1), app(1))));
    assertThrows(
        ReleaseConflictException.class,
        () -> commit(ReleaseWrite.create(app(2)), ReleaseWrite.create(app(1))));

    assertStored(Set.of(fullApp(1)), Set.of());
  }

  @Test
  public void commit_ofASlugThatAnotherAppHas_writesNothing() {
    commit(ReleaseWrite.create(appWithSlug(1, "my-app")), ReleaseWrite.create(app(2)));

    assertThrows(
        AlreadyTakenException.class,
        () ->
            commit(
                ReleaseWrite.create(app(3)),
                ReleaseWrite.replace(appWithSlug(2, "my-app"), app(2))));

    assertStored(Set.of(appWithSlug(1, "my-app"), app(2)), Set.of());
  }

  @Test
  public void commit_ofASlugThatItsAppHasGivenUp_isDone() {
    commit(ReleaseWrite.create(appWithSlug(1, "my-app")));

    commit(
        ReleaseWrite.put(appWithSlug(1, "other-app")), ReleaseWrite.put(appWithSlug(2, "my-app")));

    assertStored(Set.of(appWithSlug(1, "other-app"), appWithSlug(2, "my-app")), Set.of());
  }

  @Test
  public void commit_ofAVersionThatAnotherReleaseHas_writesNothing() {
    commit(ReleaseWrite.create(app(1)), ReleaseWrite.create(release(1, 1, "stable", "1.0.0")));

    assertThrows(
        AlreadyTakenException.class,
        () ->
            commit(
                ReleaseWrite.create(release(2, 1, "stable", "1.1.0")),
                ReleaseWrite.create(release(3, 1, "stable", "1.0.0"))));

    assertStored(Set.of(app(1)), Set.of(release(1, 1, "stable", "1.0.0")));
  }

  @Test
  public void commit_ofVersionsThatDifferInChannelAppCaseOrBuild_isDone() {
    Set<Release> releases =
        Set.of(
            release(1, 1, "stable", "1.0.0"),
            release(2, 1, "beta", "1.0.0"),
            release(3, 2, "stable", "1.0.0"),
            release(4, 1, "stable", "1.0.0+1"),
            release(5, 1, "stable", "1.0.0-RC"),
            release(6, 1, "stable", "1.0.0-rc"),
            release(7, 1, "Stable", "1.0.0"));

    commit(ReleaseWrite.create(app(1)), ReleaseWrite.create(app(2)));
    store().commit(releases.stream().map(ReleaseWrite::create).toList());

    assertStored(Set.of(app(1), app(2)), releases);
  }

  @Test
  public void commit_ofTheVersionOfADeletedRelease_isDone() {
    commit(ReleaseWrite.create(app(1)), ReleaseWrite.create(release(1, 1, "stable", "1.0.0")));

    commit(
        ReleaseWrite.delete(releaseId(1)), ReleaseWrite.create(release(2, 1, "stable", "1.0.0")));

    assertStored(Set.of(app(1)), Set.of(release(2, 1, "stable", "1.0.0")));
  }

  @Test
  public void apps_thatDifferInLetterCase_areTwo() {
    App lower = App.create(AppId.of("com.example.app"), app(1).createdAt());
    App upper = App.create(AppId.of("com.Example.App"), app(1).createdAt());

    commit(ReleaseWrite.create(lower), ReleaseWrite.create(upper));

    assertStored(Set.of(lower, upper), Set.of());
  }

  @Test
  public void revision_changesWithEveryCommit() {
    Set<Revision> revisions = new HashSet<>();
    revisions.add(store().revision());
    commit(ReleaseWrite.create(app(1)));
    revisions.add(store().revision());
    commit(ReleaseWrite.create(release(1)));
    revisions.add(store().revision());
    commit(ReleaseWrite.put(release(1).toBuilder().notes("other").build()));
    revisions.add(store().revision());
    commit(ReleaseWrite.delete(releaseId(1)));
    revisions.add(store().revision());

    assertEquals(5, revisions.size());
    assertEquals(store().revision(), store().snapshot().revision());
  }

  @Test
  public void fingerprint_changesWithEveryCommit_andOnlyWithOne() {
    Optional<String> before = store().fingerprint();
    commit(ReleaseWrite.create(app(1)));
    Optional<String> after = store().fingerprint();

    if (before.isPresent()) {
      assertNotEquals(before, after);
    }
    assertEquals(after, store().fingerprint());
  }

  @Test
  public void aReleaseWithAsMuchAsFits_isReadBackAsItWas() {
    Release large =
        release(1, 1, "c".repeat(64), "1.0.0-" + "a".repeat(100)).toBuilder()
            .notes("ž".repeat(16_000))
            .build();
    App longId = App.create(AppId.of("a".repeat(128)), app(1).createdAt());

    commit(ReleaseWrite.create(longId), ReleaseWrite.create(large));

    assertStored(Set.of(longId), Set.of(large));
  }

  @Test
  public void changesSince_anyRevision_leadToWhatASnapshotHas() throws Exception {
    long seed = Long.getLong(DatabaseContract.SEED, System.nanoTime());
    System.out.println("Random commits of releases, seed " + seed);
    Random random = new Random(seed);
    List<ReleaseSnapshot> states = new ArrayList<>();
    states.add(store().snapshot());
    for (int i = 0; i < RANDOM_COMMITS; i++) {
      store().commit(randomWrites(random));
      states.add(store().snapshot());
      ReleaseSnapshot known = states.get(random.nextInt(states.size()));
      Optional<ReleaseDelta> delta = store().changesSince(known.revision());
      delta.ifPresent(changes -> assertLeadsToNow(known, changes));
    }
  }

  private List<ReleaseWrite> randomWrites(Random random) {
    List<ReleaseWrite> writes = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      int number = random.nextInt(12);
      switch (random.nextInt(4)) {
        case 0 -> writes.add(ReleaseWrite.put(fullApp(number)));
        case 1 -> writes.add(ReleaseWrite.put(app(number)));
        case 2 -> writes.add(ReleaseWrite.delete(releaseId(number)));
        default ->
            writes.add(
                ReleaseWrite.put(
                    release(number).toBuilder().notes("" + random.nextInt(1_000)).build()));
      }
    }
    return writes;
  }

  private void assertLeadsToNow(ReleaseSnapshot known, ReleaseDelta changes) {
    Map<AppId, App> apps = new HashMap<>();
    known.apps().forEach(app -> apps.put(app.id(), app));
    changes.apps().forEach(app -> apps.put(app.id(), app));
    Map<ReleaseId, Release> releases = new HashMap<>();
    known.releases().forEach(release -> releases.put(release.id(), release));
    changes.releases().forEach(release -> releases.put(release.id(), release));
    changes.absent().forEach(releases::remove);
    assertStored(new HashSet<>(apps.values()), new HashSet<>(releases.values()));
    assertEquals(store().revision(), changes.revision());
  }

  @Test
  public void writers_thatWantTheSameSlug_oneGetsIt() throws Exception {
    List<ReleaseWrite> wanted = new ArrayList<>();
    for (int writer = 1; writer <= WRITERS; writer++) {
      wanted.add(ReleaseWrite.create(appWithSlug(writer, "wanted")));
    }

    assertEquals(1, commitAtOnce(wanted));
    assertEquals(1, store().snapshot().apps().size());
  }

  @Test
  public void writers_thatWantTheSameVersion_oneGetsIt() throws Exception {
    commit(ReleaseWrite.create(app(1)));
    List<ReleaseWrite> wanted = new ArrayList<>();
    for (int writer = 1; writer <= WRITERS; writer++) {
      wanted.add(ReleaseWrite.create(release(writer, 1, "stable", "1.0.0")));
    }

    assertEquals(1, commitAtOnce(wanted));
    assertEquals(1, store().snapshot().releases().size());
  }

  /** Commits each of these by a writer of its own; returns how many got the name they wanted. */
  private int commitAtOnce(List<ReleaseWrite> wanted) throws Exception {
    AtomicInteger got = new AtomicInteger();
    List<Callable<Void>> work = new ArrayList<>();
    for (ReleaseWrite write : wanted) {
      work.add(
          () -> {
            try {
              commit(write);
              got.incrementAndGet();
            } catch (AlreadyTakenException e) {
              // Somebody else was faster.
            }
            return null;
          });
    }
    DatabaseConcurrencyTests.runAll(work);
    return got.get();
  }

  @Test
  public void writers_thatReadChangeAndReplace_loseNothing() throws Exception {
    commit(ReleaseWrite.create(app(1)), ReleaseWrite.create(release(1)));
    List<Callable<Void>> work = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      work.add(
          () -> {
            for (int change = 0; change < CHANGES; change++) {
              appendToNotes();
            }
            return null;
          });
    }

    DatabaseConcurrencyTests.runAll(work);

    int length = store().findRelease(releaseId(1)).orElseThrow().notes().length();
    assertEquals(release(1).notes().length() + WRITERS * CHANGES, length);
  }

  private void appendToNotes() {
    while (true) {
      Release read = store().findRelease(releaseId(1)).orElseThrow();
      try {
        commit(ReleaseWrite.replace(read.toBuilder().notes(read.notes() + "x").build(), read));
        return;
      } catch (ReleaseConflictException e) {
        // Somebody else was faster.
      }
    }
  }

  @Test
  public void snapshot_whileOthersCommit_neverHasHalfOfACommit() throws Exception {
    commit(ReleaseWrite.create(app(1)), pair(0).get(0), pair(0).get(1));
    AtomicBoolean done = new AtomicBoolean();
    List<Callable<Void>> work = new ArrayList<>();
    work.add(
        () -> {
          try {
            for (int number = 1; number <= 40; number++) {
              store().commit(pair(number));
            }
          } finally {
            done.set(true);
          }
          return null;
        });
    for (int reader = 0; reader < 3; reader++) {
      work.add(
          () -> {
            while (!done.get()) {
              List<Release> seen = store().snapshot().releases();
              assertEquals(2, seen.size());
              assertEquals(seen.get(0).notes(), seen.get(1).notes());
            }
            return null;
          });
    }

    DatabaseConcurrencyTests.runAll(work);

    assertTrue(done.get());
  }

  private static List<ReleaseWrite> pair(int number) {
    String notes = "commit " + number;
    return List.of(
        ReleaseWrite.put(release(1).toBuilder().notes(notes).build()),
        ReleaseWrite.put(release(2).toBuilder().notes(notes).build()));
  }

  @Test
  public void bundlesAndReleases_doNotDisturbEachOther() {
    commit(ReleaseWrite.create(app(1)));
    Revision revision = store().revision();

    database()
        .bundles(RequestContext.none())
        .commit(List.of(BundleWrite.put(SampleBundles.small(1))));

    assertEquals(revision, store().revision());
    assertStored(Set.of(app(1)), Set.of());
    assertEquals(1, database().bundles(RequestContext.none()).snapshot().bundles().size());
  }
}
