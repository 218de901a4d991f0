package dev.hotupdater.jdbc;

import static dev.hotupdater.jdbc.ReleaseFixtures.app;
import static dev.hotupdater.jdbc.ReleaseFixtures.commit;
import static dev.hotupdater.jdbc.ReleaseFixtures.id;
import static dev.hotupdater.jdbc.ReleaseFixtures.noted;
import static dev.hotupdater.jdbc.ReleaseFixtures.release;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.database.ReleaseDelta;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the table of commits tells. */
abstract class JdbcReleaseChangesTests {
  private final TestServer server;
  private @Nullable HikariDataSource pool;
  private @Nullable ReleaseStore store;

  JdbcReleaseChangesTests(TestServer server) {
    this.server = server;
  }

  @BeforeEach
  void createDatabase() throws Exception {
    pool = ReleaseFixtures.emptied(server);
    store = ReleaseFixtures.store(pool);
  }

  private void execute(String sql) throws Exception {
    if (pool == null) {
      throw new IllegalStateException("no database");
    }
    Fixtures.execute(pool, sql);
  }

  private ReleaseStore store() {
    if (store == null) {
      throw new IllegalStateException("no database");
    }
    return store;
  }

  private Revision write(ReleaseWrite... writes) {
    commit(store(), writes);
    return store().revision();
  }

  private void assertDelta(
      Revision known, Set<App> apps, Set<Release> releases, Set<ReleaseId> absent) {
    ReleaseDelta delta = store().changesSince(known).orElseThrow();
    assertEquals(store().revision(), delta.revision());
    assertEquals(apps, new HashSet<>(delta.apps()));
    assertEquals(releases, new HashSet<>(delta.releases()));
    assertEquals(absent, delta.absent());
  }

  private void assertUnknown(Revision known) {
    assertEquals(Optional.empty(), store().changesSince(known));
  }

  @Test
  void changesSince_theCurrentRevision_areNone() {
    assertDelta(store().revision(), Set.of(), Set.of(), Set.of());

    Revision revision = write(ReleaseWrite.put(app(1)));

    assertDelta(revision, Set.of(), Set.of(), Set.of());
  }

  @Test
  void changesSince_severalCommits_areWhatTheyTouchedAsItIsNow() {
    Revision none = store().revision();
    Revision known =
        write(
            ReleaseWrite.put(app(1)),
            ReleaseWrite.put(app(2)),
            ReleaseWrite.put(release(1)),
            ReleaseWrite.put(release(2)),
            ReleaseWrite.put(release(3)));

    write(ReleaseWrite.put(app(2, "second")), ReleaseWrite.put(noted(release(1), "first")));
    write(ReleaseWrite.put(noted(release(1), "second")), ReleaseWrite.delete(id(2)));
    write();

    assertDelta(
        known, Set.of(app(2, "second")), Set.of(noted(release(1), "second")), Set.of(id(2)));
    assertDelta(
        none,
        Set.of(app(1), app(2, "second")),
        Set.of(noted(release(1), "second"), release(3)),
        Set.of(id(2)));
  }

  @Test
  void changesSince_moreCommitsThanAreRemembered_areUnknown() {
    Revision none = store().revision();
    Revision oldest = write(ReleaseWrite.put(app(1)));
    Revision next = write(ReleaseWrite.put(app(2)));
    for (int i = 2; i < ReleaseCommits.MAX_COMMITS; i++) {
      write(ReleaseWrite.put(release(1)));
    }
    assertDelta(none, Set.of(app(1), app(2)), Set.of(release(1)), Set.of());
    assertDelta(oldest, Set.of(app(2)), Set.of(release(1)), Set.of());

    write(ReleaseWrite.put(release(2)));

    assertUnknown(none);
    assertUnknown(oldest);
    assertDelta(next, Set.of(), Set.of(release(1), release(2)), Set.of());
  }

  @Test
  void changesSince_aCommitThatIsTooLarge_areUnknown() {
    Revision before = write(ReleaseWrite.put(app(1)));
    List<ReleaseWrite> many = new ArrayList<>();
    for (int i = 0; i <= ReleaseCommits.MAX_IDS; i++) {
      many.add(ReleaseWrite.put(release(i)));
    }
    store().commit(many);
    Revision after = store().revision();

    write(ReleaseWrite.delete(id(0)));

    assertUnknown(before);
    assertDelta(after, Set.of(), Set.of(), Set.of(id(0)));
  }

  @Test
  void changesSince_aRevisionOfAnotherTime_areUnknown() throws Exception {
    Revision lost = write(ReleaseWrite.put(app(1)));
    execute("delete from hot_updater_release_commits");

    Revision known = write(ReleaseWrite.put(app(2)));
    write(ReleaseWrite.put(app(3)));

    assertNotEquals(lost, known);
    assertUnknown(lost);
    assertUnknown(new Revision("1"));
    assertUnknown(new Revision("x".repeat(1_000) + " ' or 1 = 1"));
    assertDelta(known, Set.of(app(3)), Set.of(), Set.of());
  }

  @Test
  void changesSince_commitsOfWhichOneIsMissing_areUnknown() throws Exception {
    Revision known = write(ReleaseWrite.put(app(1)));
    write(ReleaseWrite.put(app(2)));
    write(ReleaseWrite.put(app(3)));

    execute("delete from hot_updater_release_commits where number = 2");

    assertUnknown(known);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no uuid", " ", "00000000-0000-0007-0000-000000000001  x"})
  void changesSince_idsThatMakeNoSense_areUnknown(String ids) throws Exception {
    Revision known = write(ReleaseWrite.put(app(1)));
    write(ReleaseWrite.put(release(1)));

    execute("update hot_updater_release_commits set release_ids = '" + ids + "' where number = 2");

    assertUnknown(known);
  }

  @Test
  void changesSince_aTouchedRowThatMakesNoSense_haveItAsAbsent() throws Exception {
    Revision known = write(ReleaseWrite.put(app(1)));
    write(ReleaseWrite.put(release(1)), ReleaseWrite.put(release(2)));

    execute("update hot_updater_releases set document = '{}' where id = '" + id(1) + "'");

    assertDelta(known, Set.of(), Set.of(release(2)), Set.of(id(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"update hot_updater_apps set document = '{}'", "delete from hot_updater_apps"})
  void changesSince_aTouchedAppThatHasGoneOrMakesNoSense_areUnknown(String sql) throws Exception {
    Revision known = write(ReleaseWrite.put(release(1)));
    write(ReleaseWrite.put(app(1)));

    execute(sql);

    assertUnknown(known);
  }

  @Test
  void commit_thatFails_leavesRevisionAndChangesAsTheyWere() {
    Revision known = write(ReleaseWrite.put(app(1, "taken")));
    Revision last = write(ReleaseWrite.put(release(1)));

    assertThrows(
        AlreadyTakenException.class,
        () -> write(ReleaseWrite.put(release(2)), ReleaseWrite.put(app(2, "taken"))));

    assertEquals(last, store().revision());
    assertDelta(known, Set.of(), Set.of(release(1)), Set.of());
  }
}
