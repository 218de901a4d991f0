package dev.hotupdater.jdbc;

import static dev.hotupdater.jdbc.ReleaseFixtures.app;
import static dev.hotupdater.jdbc.ReleaseFixtures.commit;
import static dev.hotupdater.jdbc.ReleaseFixtures.id;
import static dev.hotupdater.jdbc.ReleaseFixtures.release;
import static dev.hotupdater.jdbc.ReleaseFixtures.store;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.database.SchemaException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of releases beside those of the Node server. */
abstract class JdbcReleaseSchemaTests {
  private static final int SERVERS_AT_ONCE = 8;

  private final TestServer server;
  private final Dialect dialect;
  private @Nullable HikariDataSource pool;

  JdbcReleaseSchemaTests(TestServer server) {
    this.server = server;
    this.dialect = server.dialect();
  }

  @BeforeEach
  void createDatabase() throws Exception {
    pool = server.pooled();
  }

  @AfterEach
  void closePool() {
    if (pool != null) {
      pool.close();
    }
  }

  private HikariDataSource dataSource() {
    if (pool == null) {
      throw new IllegalStateException("no database");
    }
    return pool;
  }

  private JdbcSchema schema() {
    return JdbcSchema.of(dataSource());
  }

  private void execute(String sql) throws Exception {
    Fixtures.execute(dataSource(), sql);
  }

  private void loadNode(String version) throws Exception {
    Fixtures.load("node-" + version, dataSource(), dialect);
  }

  /** The tables of releases, or all others. */
  private List<String> catalogue(boolean ofReleases) throws Exception {
    return Catalogue.of(dataSource(), dialect).stream()
        .filter(
            line ->
                line.replace("private_hot_updater_settings", "").contains("hot_updater_")
                    == ofReleases)
        .sorted()
        .toList();
  }

  private static List<Executable> everyOperation(ReleaseStore store) {
    return List.of(
        store::snapshot,
        store::revision,
        () -> store.changesSince(new Revision("0")),
        store::fingerprint,
        () -> store.findApp(app(1).id()),
        () -> store.findRelease(id(1)),
        () -> store.commit(List.of()));
  }

  private static void assertNames(SchemaException e, String... texts) {
    String message = String.valueOf(e.getMessage());
    for (String text : texts) {
      assertTrue(message.contains(text), message);
    }
  }

  private void assertWorks() {
    ReleaseStore store = store(dataSource());
    commit(store, ReleaseWrite.create(app(1)), ReleaseWrite.create(release(1)));
    assertEquals(List.of(release(1)), store.snapshot().releases());
  }

  @Test
  void migrateReleases_ofDatabaseOfTheNodeServer_addsTablesAndLeavesTheOthersAsTheyAre()
      throws Exception {
    loadNode("0.31.0");
    List<String> before = catalogue(false);
    assertEquals(List.of(), catalogue(true));

    List<String> executed = schema().migrateReleases();

    assertTrue(
        executed.stream().allMatch(sql -> sql.contains(" hot_updater_")), executed::toString);
    assertEquals(before, catalogue(false));
    assertEquals(
        Fixtures.expected("node-0.31.0-expected-" + dialect + ".json"),
        Fixtures.listed(JdbcDatabase.create(dataSource())));
    assertWorks();
    JdbcDatabase.create(dataSource()).check();
    assertEquals(before, catalogue(false));
    assertEquals(List.of(), schema().migrateReleases());
    assertEquals(List.of(), schema().migrate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.21.0", "0.29.0"})
  void migrateReleases_withoutCurrentTablesOfBundles_createsItsOwnAlone(String version)
      throws Exception {
    if (!version.isEmpty()) {
      loadNode(version);
    }
    List<String> before = catalogue(false);
    SchemaStatus status = schema().status();

    schema().migrateReleases();

    List<String> catalogue = catalogue(true);
    assertFalse(catalogue.isEmpty());
    assertEquals(releaseTablesByThemselves(), catalogue);
    assertEquals(before, catalogue(false));
    assertEquals(status, schema().status());
    assertWorks();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.21.0", "0.29.0"})
  void migrate_ofDatabaseWithReleases_leavesThemAsTheyAre(String version) throws Exception {
    if (!version.isEmpty()) {
      loadNode(version);
    }
    schema().migrateReleases();
    assertWorks();
    List<String> before = catalogue(true);

    List<String> executed = schema().migrate();

    assertFalse(executed.isEmpty());
    assertTrue(
        executed.stream().noneMatch(sql -> sql.contains(" hot_updater_")), executed::toString);
    assertEquals(before, catalogue(true));
    assertEquals(List.of(release(1)), store(dataSource()).snapshot().releases());
    JdbcDatabase.create(dataSource()).check();
  }

  private List<String> releaseTablesByThemselves() throws Exception {
    try (HikariDataSource other = server.pooled()) {
      String script = JdbcSchema.generateReleases(dialect);
      Fixtures.execute(
          other, Arrays.stream(script.split(";\n")).filter(sql -> !sql.isBlank()).toList());
      return Catalogue.of(other, dialect).stream().sorted().toList();
    }
  }

  @Test
  void migrateReleases_ofManyServersAtOnce_isDoneByOne() throws Exception {
    loadNode("0.31.0");
    List<Callable<List<String>>> servers = new ArrayList<>();
    for (int i = 0; i < SERVERS_AT_ONCE; i++) {
      servers.add(() -> schema().migrateReleases());
    }

    List<List<String>> executed = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(SERVERS_AT_ONCE);
    try {
      for (Future<List<String>> result : threads.invokeAll(servers)) {
        executed.add(result.get());
      }
    } finally {
      threads.shutdownNow();
    }

    assertEquals(1, executed.stream().filter(statements -> !statements.isEmpty()).count());
    assertWorks();
  }

  @Test
  void migrateReleases_afterAnInterruption_createsTheRest() throws Exception {
    loadNode("0.31.0");
    List<String> plan = schema().planReleases();
    for (int done = 1; done < plan.size(); done++) {
      execute(plan.get(done - 1));
      assertEquals(plan.subList(done, plan.size()), schema().planReleases());
      assertEquals(SchemaStatus.State.MISSING, schema().releaseStatus().state());
    }

    assertEquals(1, schema().migrateReleases().size());

    assertWorks();
  }

  @Test
  void databaseWithoutTablesOfReleases_worksForBundles() throws Exception {
    loadNode("0.31.0");
    JdbcDatabase database = JdbcDatabase.create(dataSource());

    database.check();

    assertEquals(SchemaStatus.State.CURRENT, schema().status().state());
    assertEquals(
        new SchemaStatus(SchemaStatus.State.MISSING, Optional.empty()), schema().releaseStatus());
    for (Executable operation : everyOperation(store(database))) {
      assertNames(
          assertThrows(SchemaException.class, operation),
          "no tables for releases",
          "`java -jar hotupdater-cli.jar db migrate --releases --url <jdbc-url>`",
          "`JdbcSchema.of(dataSource).migrateReleases()`");
    }
    assertNotEquals(0, ReleaseFixtures.bundles(database));

    schema().migrateReleases();

    assertEquals(
        new SchemaStatus(SchemaStatus.State.CURRENT, Optional.of("1")), schema().releaseStatus());
    for (Executable operation : everyOperation(store(database))) {
      try {
        operation.execute();
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hot_updater_apps", "hot_updater_releases", "hot_updater_release_commits"})
  void tableThatHasGone_isASchemaException(String table) throws Exception {
    schema().migrate();
    schema().migrateReleases();
    JdbcDatabase database = JdbcDatabase.create(dataSource());
    store(database).snapshot();

    execute("drop table " + table);

    for (int i = 0; i < 2; i++) {
      assertNames(
          assertThrows(SchemaException.class, () -> store(database).snapshot()), "Restore it");
    }
    assertNames(
        assertThrows(SchemaException.class, () -> store(dataSource()).revision()), "Restore it");
    database.check();
    assertEquals(0, ReleaseFixtures.bundles(database));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "1.0", "0", ""})
  void versionThatIsNotKnown_isRefusedAndNothingIsChanged(String version) throws Exception {
    schema().migrate();
    schema().migrateReleases();
    execute("update hot_updater_release_settings set value = '" + version + "'");
    JdbcDatabase database = JdbcDatabase.create(dataSource());

    database.check();
    assertEquals(SchemaStatus.State.TOO_NEW, schema().releaseStatus().state());
    for (Executable operation : everyOperation(store(database))) {
      assertNames(assertThrows(SchemaException.class, operation), "newer version of the library");
    }
    assertThrows(SchemaException.class, () -> schema().planReleases());
    assertThrows(SchemaException.class, () -> schema().migrateReleases());
    assertEquals(List.of(), schema().migrate());
  }

  @Test
  void migrateReleases_withTableOfSomethingElse_isRefusedAndChangesNothing() throws Exception {
    loadNode("0.29.0");
    execute("create table hot_updater_releases (id integer, name varchar(10))");
    List<String> before = Catalogue.of(dataSource(), dialect);

    assertNames(
        assertThrows(SchemaException.class, () -> schema().migrateReleases()),
        "'hot_updater_releases' without the column");

    assertEquals(before, Catalogue.of(dataSource(), dialect));
    assertEquals(Optional.of("0.29.0"), schema().status().version());
  }

  @Test
  void commits_ofReleases_leaveTheSettingsOfTheNodeServerAsTheyAre() throws Exception {
    loadNode("0.31.0");
    schema().migrateReleases();
    JdbcDatabase database = JdbcDatabase.create(dataSource());
    String fingerprint = database.bundles(RequestContext.none()).fingerprint().orElseThrow();
    String revision = database.bundles(RequestContext.none()).revision().value();

    assertWorks();

    assertEquals(revision, database.bundles(RequestContext.none()).revision().value());
    assertEquals(fingerprint, database.bundles(RequestContext.none()).fingerprint().orElseThrow());
    database.bundles(RequestContext.none()).commit(List.of());
    assertNotEquals(revision, database.bundles(RequestContext.none()).revision().value());
    assertEquals(List.of(release(1)), store(database).snapshot().releases());
  }
}
