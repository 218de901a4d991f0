package dev.hotupdater.jdbc;

import static dev.hotupdater.jdbc.ReleaseFixtures.app;
import static dev.hotupdater.jdbc.ReleaseFixtures.commit;
import static dev.hotupdater.jdbc.ReleaseFixtures.noted;
import static dev.hotupdater.jdbc.ReleaseFixtures.release;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.database.HintSubscription;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Release;
import dev.hotupdater.testkit.ReleaseDatabaseContract;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract, and what else releases in tables must do. */
abstract class JdbcReleasesTests extends ReleaseDatabaseContract {
  private final TestServer server;
  private @Nullable HikariDataSource pool;

  JdbcReleasesTests(TestServer server) {
    this.server = server;
  }

  @Override
  protected ReleaseDatabase createDatabase() throws Exception {
    pool = ReleaseFixtures.emptied(server);
    return JdbcDatabase.create(pool);
  }

  private HikariDataSource dataSource() {
    if (pool == null) {
      throw new IllegalStateException("no database");
    }
    return pool;
  }

  private ReleaseStore store() {
    return ReleaseFixtures.store(dataSource());
  }

  @Test
  void commit_thatSwapsNames_isDone() {
    ReleaseStore store = store();
    commit(
        store,
        ReleaseWrite.create(app(1, "first")),
        ReleaseWrite.create(app(2, "second")),
        ReleaseWrite.create(release(1, "1.0.0")),
        ReleaseWrite.create(release(2, "2.0.0")));

    commit(
        store,
        ReleaseWrite.put(app(1, "second")),
        ReleaseWrite.put(app(2, "first")),
        ReleaseWrite.put(release(1, "2.0.0")),
        ReleaseWrite.put(release(2, "1.0.0")));

    assertEquals(Set.of(app(1, "second"), app(2, "first")), new HashSet<>(store.snapshot().apps()));
    assertEquals(
        Set.of(release(1, "2.0.0"), release(2, "1.0.0")),
        new HashSet<>(store.snapshot().releases()));
  }

  @Test
  void commit_ofTakenNames_saysWhichOneItWas() {
    ReleaseStore store = store();
    commit(
        store, ReleaseWrite.create(app(1, "my-app")), ReleaseWrite.create(release(1, "1.0.0-rc")));

    AlreadyTakenException slug =
        assertThrows(
            AlreadyTakenException.class,
            () -> commit(store, ReleaseWrite.create(app(2, "my-app"))));
    AlreadyTakenException version =
        assertThrows(
            AlreadyTakenException.class,
            () -> commit(store, ReleaseWrite.create(release(2, "1.0.0-rc"))));

    assertTrue(String.valueOf(slug.getMessage()).contains("slug 'my-app'"), slug.getMessage());
    assertTrue(
        String.valueOf(version.getMessage()).contains("version 1.0.0-rc"), version.getMessage());
  }

  @Test
  void commit_ofMoreThanAStatementCanHave_isDoneAndUndone() {
    ReleaseStore store = store();
    List<App> apps = IntStream.range(0, 1_200).mapToObj(number -> app(number)).toList();
    List<Release> releases = IntStream.range(0, 1_200).mapToObj(number -> release(number)).toList();
    store.commit(apps.stream().map(ReleaseWrite::create).toList());
    store.commit(releases.stream().map(ReleaseWrite::create).toList());

    assertEquals(1_200, store.snapshot().apps().size());
    assertEquals(new HashSet<>(releases), new HashSet<>(store.snapshot().releases()));

    store.commit(releases.stream().map(ReleaseWrite::delete).toList());

    assertEquals(List.of(), store.snapshot().releases());
  }

  @Test
  void commit_ofALargeRelease_isReadBackAsItWas() {
    Release large = noted(release(1), "𝄞 ".repeat(500_000));

    commit(store(), ReleaseWrite.create(large));

    assertEquals(List.of(large), store().snapshot().releases());
  }

  @Test
  void commit_ofAnotherServer_givesAHint() throws Exception {
    assumeTrue(server.dialect() != Dialect.MYSQL, "there are no hints");
    Hints hints = new Hints();
    try (HintSubscription subscription = JdbcDatabase.create(dataSource()).onChange(hints)) {
      hints.awaitMoreThan(0);
      int before = hints.awaitSilence(JdbcHintsTests.SILENCE);

      commit(store(), ReleaseWrite.create(app(1)));

      hints.awaitMoreThan(before);
    }
    Hints.awaitNoThread();
  }

  @Test
  void writeOfOtherSoftware_givesAHint() throws Exception {
    assumeTrue(server.dialect() != Dialect.MYSQL, "there are no hints");
    commit(store(), ReleaseWrite.create(app(1)), ReleaseWrite.create(release(1)));
    Hints hints = new Hints();
    try (HintSubscription subscription = JdbcDatabase.create(dataSource()).onChange(hints)) {
      hints.awaitMoreThan(0);
      for (String table : List.of("hot_updater_apps", "hot_updater_releases")) {
        int before = hints.awaitSilence(JdbcHintsTests.SILENCE);

        Fixtures.execute(dataSource(), "update " + table + " set document = '{}'");

        hints.awaitMoreThan(before);
      }
    }
    Hints.awaitNoThread();
  }
}
