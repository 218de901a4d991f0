package dev.hotupdater.jdbc;

import static dev.hotupdater.jdbc.ReleaseFixtures.app;
import static dev.hotupdater.jdbc.ReleaseFixtures.commit;
import static dev.hotupdater.jdbc.ReleaseFixtures.id;
import static dev.hotupdater.jdbc.ReleaseFixtures.noted;
import static dev.hotupdater.jdbc.ReleaseFixtures.release;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.ReleaseConflictException;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Release;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of apps and releases that somebody has written or changed with SQL. */
abstract class JdbcReleaseRowsTests {
  private final TestServer server;
  private @Nullable HikariDataSource pool;
  private @Nullable ReleaseStore store;

  JdbcReleaseRowsTests(TestServer server) {
    this.server = server;
  }

  @BeforeEach
  void createDatabase() throws Exception {
    pool = ReleaseFixtures.emptied(server);
    store = ReleaseFixtures.store(pool);
  }

  private HikariDataSource dataSource() {
    if (pool == null) {
      throw new IllegalStateException("no database");
    }
    return pool;
  }

  final ReleaseStore store() {
    if (store == null) {
      throw new IllegalStateException("no database");
    }
    return store;
  }

  final void execute(String sql) throws Exception {
    Fixtures.execute(dataSource(), sql);
  }

  private String fingerprint() {
    return store().fingerprint().orElseThrow();
  }

  private void assertSnapshot(Set<App> apps, Set<Release> releases, int unreadable) {
    ReleaseSnapshot snapshot = store().snapshot();
    assertEquals(apps, new HashSet<>(snapshot.apps()));
    assertEquals(releases, new HashSet<>(snapshot.releases()));
    assertEquals(unreadable, snapshot.unreadable());
  }

  @Test
  void documentThatWasEdited_isReadAndCanBeReplaced() throws Exception {
    commit(store(), ReleaseWrite.create(app(1)), ReleaseWrite.create(release(1)));
    Revision revision = store().revision();
    String fingerprint = fingerprint();
    Release edited = noted(release(1), "by hand");

    execute(
        "update hot_updater_releases set document ="
            + " replace(document, 'Release 1', 'by hand')");

    assertEquals(Optional.of(edited), store().findRelease(id(1)));
    assertEquals(revision, store().revision());
    assertNotEquals(fingerprint, fingerprint());
    assertThrows(
        ReleaseConflictException.class,
        () -> commit(store(), ReleaseWrite.replace(noted(release(1), "lost"), release(1))));
    commit(store(), ReleaseWrite.replace(noted(release(1), "kept"), edited));
    assertSnapshot(Set.of(app(1)), Set.of(noted(release(1), "kept")), 0);
  }

  @Test
  void fingerprint_afterEveryKindOfStatement_isAnotherOne() throws Exception {
    Set<String> seen = new HashSet<>(Set.of(fingerprint()));
    commit(
        store(),
        ReleaseWrite.create(app(1, "my-app")),
        ReleaseWrite.create(app(2)),
        ReleaseWrite.create(release(1)),
        ReleaseWrite.create(release(2)));
    assertTrue(seen.add(fingerprint()));
    for (String sql :
        List.of(
            "update hot_updater_apps set slug = 'My-app' where slug = 'my-app'",
            "update hot_updater_apps set slug = null where slug = 'My-app'",
            "update hot_updater_apps set slug = 'null' where id = '" + app(1).id() + "'",
            "update hot_updater_apps set document = '{}' where slug = 'null'",
            "update hot_updater_apps set document = '{ }' where slug = 'null'",
            "update hot_updater_releases set document = '' where id = '" + id(1) + "'",
            "update hot_updater_releases set channel = 'stabl', version = 'e1.0.1'"
                + " where id = '"
                + id(1)
                + "'",
            "delete from hot_updater_apps where slug is null",
            "delete from hot_updater_releases where id = '" + id(1) + "'")) {
      execute(sql);

      assertTrue(seen.add(fingerprint()), sql);
      assertEquals(fingerprint(), ReleaseFixtures.store(dataSource()).fingerprint().orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "document = ''",
        "document = '{'",
        "document = '[]'",
        "document = '{}'",
        "document = 'null'",
        "document = replace(document, '1.0.1', '1.0')",
        "document = replace(document, '1.0.1', '1.0.9')",
        "document = replace(document, 'draft', 'lost')",
        "document = replace(document, 'app-1', 'app-2')",
        "channel = 'Stable'",
        "version = '1.0.9'",
        "app_id = 'com.example.App-1'",
        "id = '00000000-0000-0007-0000-00000000000A'",
        "id = 'no uuid'",
      })
  void releaseThatMakesNoSense_isSkippedAndCounted(String change) throws Exception {
    commit(
        store(),
        ReleaseWrite.create(app(1)),
        ReleaseWrite.create(release(1)),
        ReleaseWrite.create(release(2)));

    execute("update hot_updater_releases set " + change + " where id = '" + id(1) + "'");

    assertSnapshot(Set.of(app(1)), Set.of(release(2)), 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "document = 'no json'",
        "document = '{}'",
        "document = replace(document, 'my-app', 'other-app')",
        "document = replace(document, 'my-app', 'admin')",
        "slug = null",
        "slug = 'My-App'",
        "id = 'com.example.App-1'",
        "id = ' '",
      })
  void appThatMakesNoSense_isSkippedAndCounted(String change) throws Exception {
    commit(store(), ReleaseWrite.create(app(1, "my-app")), ReleaseWrite.create(app(2)));

    execute("update hot_updater_apps set " + change + " where slug = 'my-app'");

    assertSnapshot(Set.of(app(2)), Set.of(), 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"document = '{'", "document = '{}'", "channel = 'other'"})
  void releaseThatMakesNoSense_isNotTakenForAbsent(String change) throws Exception {
    commit(store(), ReleaseWrite.create(release(1)));
    execute("update hot_updater_releases set " + change);

    assertUnreadable(id(1), () -> store().findRelease(id(1)));
    for (ReleaseWrite write :
        List.of(
            ReleaseWrite.create(release(1)),
            ReleaseWrite.replace(noted(release(1), "new"), release(1)),
            ReleaseWrite.delete(release(1)))) {
      assertUnreadable(id(1), () -> commit(store(), ReleaseWrite.put(release(2)), write));
    }

    assertSnapshot(Set.of(), Set.of(), 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"document = '{'", "document = '{}'", "slug = 'other'"})
  void appThatMakesNoSense_isNotTakenForAbsent(String change) throws Exception {
    commit(store(), ReleaseWrite.create(app(1)));
    execute("update hot_updater_apps set " + change);

    assertUnreadable(app(1).id(), () -> store().findApp(app(1).id()));
    for (ReleaseWrite write :
        List.of(ReleaseWrite.create(app(1)), ReleaseWrite.replace(app(1, "my-app"), app(1)))) {
      assertUnreadable(app(1).id(), () -> commit(store(), ReleaseWrite.put(app(2)), write));
    }

    assertSnapshot(Set.of(), Set.of(), 1);
  }

  /** Only what makes no sense: a conflict would have the caller try again. */
  final void assertUnreadable(Object id, Executable work) {
    DatabaseException e = assertThrowsExactly(DatabaseException.class, work);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("with id '" + id + "' cannot be read by this server"), message);
  }

  @Test
  void rowThatMakesNoSense_isAsExpectedOnceTheSameCommitHasWrittenIt() throws Exception {
    commit(store(), ReleaseWrite.create(app(1)), ReleaseWrite.create(release(1)));
    execute("update hot_updater_apps set document = '{}'");
    execute("update hot_updater_releases set document = '{}'");

    commit(
        store(),
        ReleaseWrite.put(app(1)),
        ReleaseWrite.replace(app(1, "my-app"), app(1)),
        ReleaseWrite.delete(id(1)),
        ReleaseWrite.create(release(1)));

    assertSnapshot(Set.of(app(1, "my-app")), Set.of(release(1)), 0);
  }

  @Test
  void rowWhoseIdWasChanged_isAbsentUnderItsOldOne() throws Exception {
    commit(store(), ReleaseWrite.create(app(1)), ReleaseWrite.create(release(1)));
    execute("update hot_updater_apps set id = 'com.example.App-1'");
    execute("update hot_updater_releases set id = '00000000-0000-0007-0000-00000000000A'");

    assertEquals(Optional.empty(), store().findApp(app(1).id()));
    assertEquals(Optional.empty(), store().findRelease(id(1)));
  }

  @Test
  void rowsThatMakeNoSense_haveOneWarningEach() throws Exception {
    commit(store(), ReleaseWrite.create(app(1)), ReleaseWrite.create(release(1)));
    execute("update hot_updater_apps set document = '{}'");
    execute("update hot_updater_releases set channel = 'other'");

    String log =
        standardError(
            () -> {
              assertSnapshot(Set.of(), Set.of(), 2);
              assertSnapshot(Set.of(), Set.of(), 2);
            });

    for (String row :
        List.of(
            "hot_updater_apps with id '" + app(1).id() + "'",
            "hot_updater_releases with id '" + id(1) + "'")) {
      assertEquals(2, log.split(row, -1).length, log);
    }
  }

  private static String standardError(Runnable work) {
    PrintStream before = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return captured.toString(StandardCharsets.UTF_8);
  }

  @Test
  void rowThatMakesNoSense_isReplacedAndDeletedByItsId() throws Exception {
    commit(
        store(),
        ReleaseWrite.create(app(1)),
        ReleaseWrite.create(release(1)),
        ReleaseWrite.create(release(2)));
    execute("update hot_updater_apps set document = '{}'");
    execute("update hot_updater_releases set document = '{}'");

    commit(
        store(),
        ReleaseWrite.put(app(1)),
        ReleaseWrite.put(release(1)),
        ReleaseWrite.delete(id(2)));

    assertSnapshot(Set.of(app(1)), Set.of(release(1)), 0);
  }

  @Test
  void nameOfARowThatMakesNoSense_isTakenAllTheSame() throws Exception {
    commit(
        store(), ReleaseWrite.create(app(1, "my-app")), ReleaseWrite.create(release(1, "1.0.0")));
    execute("update hot_updater_apps set document = '{}'");
    execute("update hot_updater_releases set document = '{}'");

    assertThrows(
        AlreadyTakenException.class, () -> commit(store(), ReleaseWrite.create(app(2, "my-app"))));
    assertThrows(
        AlreadyTakenException.class,
        () -> commit(store(), ReleaseWrite.create(release(2, "1.0.0"))));
  }

  @Test
  void rowThatOtherSoftwareInserted_isRead() throws Exception {
    execute(
        "insert into hot_updater_apps (id, slug, document) values ('com.example.app-1', 'my-app',"
            + " '{ \"created_at\": \"2026-03-13T12:00:00Z\", \"slug\": \"my-app\","
            + " \"id\": \"com.example.app-1\" }')");

    assertSnapshot(Set.of(app(1, "my-app")), Set.of(), 0);
  }
}
