package dev.hotupdater.jdbc;

import static dev.hotupdater.jdbc.DeviceFixtures.APP;
import static dev.hotupdater.jdbc.DeviceFixtures.TIME;
import static dev.hotupdater.jdbc.DeviceFixtures.assignment;
import static dev.hotupdater.jdbc.DeviceFixtures.event;
import static dev.hotupdater.jdbc.DeviceFixtures.store;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.database.SchemaException;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of devices beside those of the Node server and of releases. */
abstract class JdbcDeviceSchemaTests {
  private final TestServer server;
  private final Dialect dialect;
  private @Nullable HikariDataSource pool;

  JdbcDeviceSchemaTests(TestServer server) {
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

  /** The tables of devices, or all others. */
  private List<String> catalogue(boolean ofDevices) throws Exception {
    return Catalogue.of(dataSource(), dialect).stream()
        .filter(line -> line.contains("hot_updater_device_") == ofDevices)
        .sorted()
        .toList();
  }

  private static List<DeviceFact> facts(DeviceStore store) {
    try (Stream<DeviceFact> facts = store.changesSince(TIME)) {
      return facts.toList();
    }
  }

  private static List<Executable> everyOperation(DeviceStore store) {
    return List.of(
        () -> store.record(List.of(event(1, DeviceOutcome.FAILED)), TIME),
        () -> store.assign(assignment("qa", "beta", TIME)),
        () -> facts(store),
        () -> store.counts(APP),
        () -> store.deleteBefore(TIME, Set.of(DeviceOutcome.FAILED), 1));
  }

  private static void assertNames(SchemaException e, String... texts) {
    String message = String.valueOf(e.getMessage());
    for (String text : texts) {
      assertTrue(message.contains(text), message);
    }
  }

  private void assertWorks() {
    DeviceStore store = store(dataSource());
    store.record(List.of(event(1, DeviceOutcome.FAILED)), TIME);
    assertEquals(1, facts(store).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.21.0", "0.31.0"})
  void migrateDevices_createsItsTablesAloneAndLeavesTheOthersAsTheyAre(String version)
      throws Exception {
    if (!version.isEmpty()) {
      Fixtures.load("node-" + version, dataSource(), dialect);
      schema().migrateReleases();
    }
    List<String> before = catalogue(false);
    SchemaStatus releases = schema().releaseStatus();
    SchemaStatus bundles = schema().status();

    List<String> executed = schema().migrateDevices();

    assertTrue(
        executed.stream().allMatch(sql -> sql.contains("hot_updater_device_")), executed::toString);
    assertEquals(deviceTablesByThemselves(), catalogue(true));
    assertEquals(before, catalogue(false));
    assertEquals(releases, schema().releaseStatus());
    assertEquals(bundles, schema().status());
    assertWorks();
    assertEquals(List.of(), schema().migrateDevices());
  }

  /** What the generated SQL makes of an empty database. */
  private List<String> deviceTablesByThemselves() throws Exception {
    try (HikariDataSource other = server.pooled()) {
      String script = JdbcSchema.generateDevices(dialect);
      Fixtures.execute(
          other, Arrays.stream(script.split(";\n")).filter(sql -> !sql.isBlank()).toList());
      return Catalogue.of(other, dialect).stream().sorted().toList();
    }
  }

  @Test
  void migrateDevices_afterAnInterruption_createsTheRest() throws Exception {
    List<String> plan = schema().planDevices();
    for (int done = 1; done < plan.size(); done++) {
      Fixtures.execute(dataSource(), plan.get(done - 1));
      assertEquals(plan.subList(done, plan.size()), schema().planDevices());
      assertEquals(SchemaStatus.State.MISSING, schema().deviceStatus().state());
    }

    assertEquals(1, schema().migrateDevices().size());

    assertWorks();
  }

  @Test
  void databaseWithoutTablesOfDevices_worksForBundles() throws Throwable {
    schema().migrate();
    JdbcDatabase database = JdbcDatabase.create(dataSource());

    database.check();

    assertEquals(0, ReleaseFixtures.bundles(database));
    assertEquals(
        new SchemaStatus(SchemaStatus.State.MISSING, Optional.empty()), schema().deviceStatus());
    for (Executable operation : everyOperation(store(database))) {
      assertNames(
          assertThrows(SchemaException.class, operation),
          "no tables for devices",
          "`java -jar hotupdater-cli.jar db migrate --devices --url <jdbc-url>`",
          "`JdbcSchema.of(dataSource).migrateDevices()`");
    }

    schema().migrateDevices();

    assertEquals(
        new SchemaStatus(SchemaStatus.State.CURRENT, Optional.of("1")), schema().deviceStatus());
    for (Executable operation : everyOperation(store(database))) {
      operation.execute();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hot_updater_device_events", "hot_updater_device_channels"})
  void tableThatHasGone_isASchemaException(String table) throws Exception {
    schema().migrateDevices();
    DeviceStore store = store(dataSource());
    assertEquals(List.of(), facts(store));

    Fixtures.execute(dataSource(), "drop table " + table);

    for (int i = 0; i < 2; i++) {
      assertNames(assertThrows(SchemaException.class, () -> facts(store)), "Restore it");
    }
  }

  @Test
  void versionThatIsNotKnown_isRefusedAndNothingIsChanged() throws Exception {
    schema().migrateDevices();
    Fixtures.execute(dataSource(), "update hot_updater_device_settings set value = '2'");

    assertEquals(SchemaStatus.State.TOO_NEW, schema().deviceStatus().state());
    for (Executable operation : everyOperation(store(dataSource()))) {
      assertNames(assertThrows(SchemaException.class, operation), "newer version of the library");
    }
    assertThrows(SchemaException.class, () -> schema().migrateDevices());
  }
}
