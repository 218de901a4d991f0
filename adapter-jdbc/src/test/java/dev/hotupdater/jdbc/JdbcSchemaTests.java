package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleWrite;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Creating, migrating and refusing schemas, measured by what the Node server makes of them: the
 * {@code node-migrated} fixtures are the {@link Catalogue} after its own migrations.
 */
abstract class JdbcSchemaTests {
  private static final int SERVERS_AT_ONCE = 8;

  private final TestServer server;
  private final Dialect dialect;
  private @Nullable HikariDataSource pool;

  JdbcSchemaTests(TestServer server) {
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

  private List<String> catalogue() throws Exception {
    return Catalogue.of(dataSource(), dialect);
  }

  private List<String> catalogueOfNode(String fixture) throws Exception {
    try (HikariDataSource other = server.pooled()) {
      Fixtures.load(fixture, other, dialect);
      return Catalogue.of(other, dialect);
    }
  }

  private static List<String> statements(String script) {
    String withoutComments =
        String.join("\n", script.lines().filter(line -> !line.startsWith("--")).toList());
    return Arrays.stream(withoutComments.split(";\n")).filter(sql -> !sql.isBlank()).toList();
  }

  private void setVersion(String version) throws Exception {
    Fixtures.execute(
        dataSource(),
        "update private_hot_updater_settings set value = '"
            + version
            + "' where "
            + dialect.syntax().keyColumn()
            + " = 'version'");
  }

  private static void assertNames(SchemaException e, String... texts) {
    String message = String.valueOf(e.getMessage());
    for (String text : texts) {
      assertTrue(message.contains(text), message);
    }
  }

  @Test
  void migrate_ofEmptyDatabase_makesTheTablesOfTheNodeServer() throws Exception {
    schema().migrate();

    assertEquals(catalogueOfNode("node-0.31.0"), catalogue());
    assertEquals(SchemaStatus.State.CURRENT, schema().status().state());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.21.0", "0.29.0"})
  void migrate_ofOldDatabase_makesOfItWhatTheNodeServerDoes(String version) throws Exception {
    Fixtures.load("node-" + version, dataSource(), dialect);

    schema().migrate();

    assertEquals(
        Fixtures.text("node-migrated-" + version + "-" + dialect + ".txt").lines().toList(),
        catalogue());
    assertEquals(
        Fixtures.expected("node-" + version + "-expected.json"),
        Fixtures.listed(JdbcDatabase.create(dataSource())));
  }

  @Test
  void migrate_forTheSecondTime_doesNothing() throws Exception {
    List<String> first = schema().migrate();
    List<String> before = catalogue();

    List<String> second = schema().migrate();

    assertFalse(first.isEmpty());
    assertEquals(List.of(), second);
    assertEquals(before, catalogue());
  }

  @Test
  void migrate_ofDatabaseOfTheNodeServer_doesNothing() throws Exception {
    Fixtures.load("node-0.31.0", dataSource(), dialect);
    List<String> before = catalogue();

    assertEquals(List.of(), schema().migrate());

    assertEquals(before, catalogue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.21.0"})
  void migrate_ofManyServersAtOnce_isDoneByOne(String version) throws Exception {
    if (!version.isEmpty()) {
      Fixtures.load("node-" + version, dataSource(), dialect);
    }
    List<Callable<List<String>>> servers = new ArrayList<>();
    for (int i = 0; i < SERVERS_AT_ONCE; i++) {
      servers.add(() -> schema().migrate());
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
    JdbcDatabase.create(dataSource()).check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.21.0", "0.29.0"})
  void migrate_afterAnInterruption_completesTheSchema(String version) throws Exception {
    for (int done : new int[] {1, 4, 7}) {
      try (HikariDataSource whole = server.pooled();
          HikariDataSource interrupted = server.pooled()) {
        if (!version.isEmpty()) {
          Fixtures.load("node-" + version, whole, dialect);
          Fixtures.load("node-" + version, interrupted, dialect);
        }
        JdbcSchema.of(whole).migrate();
        List<String> plan = JdbcSchema.of(interrupted).plan();
        Fixtures.execute(interrupted, plan.subList(0, done));

        List<String> rest = JdbcSchema.of(interrupted).migrate();

        assertEquals(plan.subList(done, plan.size()), rest);
        assertEquals(Catalogue.of(whole, dialect), Catalogue.of(interrupted, dialect));
        JdbcDatabase.create(interrupted).check();
      }
    }
  }

  @Test
  void plan_isWhatMigrateExecutes() {
    List<String> plan = schema().plan();

    assertEquals(plan, schema().migrate());
    assertEquals(List.of(), schema().plan());
  }

  @Test
  void plan_changesNothing() throws Exception {
    schema().plan();

    assertEquals(List.of(), catalogue());
  }

  @Test
  void generate_ofTheWholeSchema_makesTheTablesOfTheNodeServer() throws Exception {
    Fixtures.execute(dataSource(), statements(JdbcSchema.generate(dialect)));

    assertEquals(catalogueOfNode("node-0.31.0"), catalogue());
    JdbcDatabase.create(dataSource()).check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.21.0", "0.29.0"})
  void generate_fromOldVersion_makesOfItWhatTheNodeServerDoes(String version) throws Exception {
    Fixtures.load("node-" + version, dataSource(), dialect);

    Fixtures.execute(dataSource(), statements(JdbcSchema.generate(dialect, version)));

    assertEquals(
        Fixtures.text("node-migrated-" + version + "-" + dialect + ".txt").lines().toList(),
        catalogue());
    JdbcDatabase.create(dataSource()).check();
  }

  @Test
  void status_ofEmptyDatabase_isMissing() {
    assertEquals(new SchemaStatus(SchemaStatus.State.MISSING, Optional.empty()), schema().status());
  }

  @Test
  void status_ofOldDatabase_namesItsVersion() throws Exception {
    Fixtures.load("node-0.29.0", dataSource(), dialect);

    assertEquals(
        new SchemaStatus(SchemaStatus.State.OLD, Optional.of("0.29.0")), schema().status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.31.1", "0.40.0", "1.0.0", "something else"})
  void status_ofVersionThatIsNotKnown_isTooNew(String version) throws Exception {
    schema().migrate();
    setVersion(version);

    assertEquals(
        new SchemaStatus(SchemaStatus.State.TOO_NEW, Optional.of(version)), schema().status());
  }

  @Test
  void check_ofEmptyDatabase_namesTheCommandsThatCreateTheSchema() {
    SchemaException e =
        assertThrows(SchemaException.class, () -> JdbcDatabase.create(dataSource()).check());

    assertNames(
        e,
        "0.31.0",
        "`java -jar hotupdater-cli.jar db migrate --url <jdbc-url>`",
        "`JdbcSchema.of(dataSource).migrate()`");
  }

  @Test
  void check_ofOldDatabase_namesBothVersionsAndTheCommands() throws Exception {
    Fixtures.load("node-0.21.0", dataSource(), dialect);

    SchemaException e =
        assertThrows(SchemaException.class, () -> JdbcDatabase.create(dataSource()).check());

    assertNames(e, "0.21.0", "0.31.0", "db migrate --url", "JdbcSchema.of(dataSource).migrate()");
  }

  @Test
  void everything_onDatabaseThatIsTooNew_namesBothVersionsAndChangesNothing() throws Exception {
    schema().migrate();
    setVersion("0.40.0");
    JdbcDatabase database = JdbcDatabase.create(dataSource());

    assertNames(assertThrows(SchemaException.class, database::check), "0.40.0", "0.31.0");
    assertNames(
        assertThrows(
            SchemaException.class, () -> database.bundles(RequestContext.none()).snapshot()),
        "0.40.0");
    assertNames(assertThrows(SchemaException.class, () -> schema().plan()), "0.40.0");
    assertNames(assertThrows(SchemaException.class, () -> schema().migrate()), "0.40.0");
    assertEquals(Optional.of("0.40.0"), schema().status().version());
  }

  @Test
  void migrate_fromOldVersionThatNobodyKnows_isRefused() throws Exception {
    Fixtures.load("node-0.29.0", dataSource(), dialect);
    setVersion("0.30.0");
    List<String> before = catalogue();

    assertNames(assertThrows(SchemaException.class, () -> schema().migrate()), "0.30.0", "0.31.0");

    assertEquals(before, catalogue());
  }

  @Test
  void migrate_withTableOfSomethingElse_isRefusedAndKeepsIt() throws Exception {
    Fixtures.execute(
        dataSource(),
        "create table bundles (id integer, name varchar(10))",
        "insert into bundles values (1, 'mine')");
    List<String> before = catalogue();

    assertNames(
        assertThrows(SchemaException.class, () -> schema().migrate()), "bundles", "'platform'");

    assertEquals(before, catalogue());
    assertEquals(SchemaStatus.State.MISSING, schema().status().state());
  }

  @Test
  void migrate_ofWholeSchemaWithoutVersion_keepsItsRows() throws Exception {
    Fixtures.load("node-0.31.0", dataSource(), dialect);
    Fixtures.execute(dataSource(), "delete from private_hot_updater_settings");

    assertEquals(1, schema().migrate().size());

    assertEquals(
        Fixtures.expected("node-0.31.0-expected-" + dialect + ".json"),
        Fixtures.listed(JdbcDatabase.create(dataSource())));
  }

  @Test
  void everyOperation_withoutItsTable_isASchemaException() throws Exception {
    schema().migrate();
    JdbcDatabase database = JdbcDatabase.create(dataSource());
    database.check();
    Fixtures.execute(dataSource(), "drop table bundle_patches");
    BundleId id = BundleId.of("0198c0de-1001-7a0b-8c0d-000000000001");

    assertThrows(SchemaException.class, database::check);
    assertThrows(SchemaException.class, () -> database.bundles(RequestContext.none()).snapshot());
    assertThrows(
        SchemaException.class,
        () -> database.bundles(RequestContext.none()).commit(List.of(BundleWrite.delete(id))));
  }

  @Test
  void revision_afterTheTablesHaveGone_isASchemaExceptionWithTheCommands() throws Exception {
    schema().migrate();
    JdbcDatabase database = JdbcDatabase.create(dataSource());
    database.check();
    Fixtures.execute(dataSource(), "drop table private_hot_updater_settings");

    assertNames(
        assertThrows(
            SchemaException.class, () -> database.bundles(RequestContext.none()).revision()),
        "0.31.0",
        "db migrate --url");
  }
}
