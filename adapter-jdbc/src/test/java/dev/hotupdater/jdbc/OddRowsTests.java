package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleFilter;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleListing;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.bundle.BundleQuery;
import dev.hotupdater.bundle.BundleQuery.Window;
import dev.hotupdater.bundle.BundleRevision;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that this library would not write, in tables that let them in. */
abstract class OddRowsTests {
  private static final Map<Dialect, List<String>> LOOSENED =
      Map.of(
          Dialect.POSTGRESQL,
          List.of(
              "alter table bundles drop constraint check_version_or_fingerprint",
              "alter table bundles drop constraint bundles_rollout_cohort_count_check",
              "alter table bundles alter column rollout_cohort_count drop not null",
              "alter table bundles alter column metadata drop not null",
              "alter table bundles alter column file_hash drop not null"),
          Dialect.MYSQL,
          List.of(
              "alter table bundles drop constraint check_version_or_fingerprint",
              "alter table bundles drop constraint bundles_rollout_cohort_count_check",
              "alter table bundles modify rollout_cohort_count integer null",
              "alter table bundles modify metadata longtext null",
              "alter table bundles modify target_cohorts longtext null",
              "alter table bundles modify file_hash text null"),
          Dialect.SQLITE,
          List.of(
              "drop table bundles",
              "create table bundles ("
                  + BundleRow.COLUMNS.replace("id,", "id primary key,")
                  + ")"));

  private final TestServer server;
  private @Nullable HikariDataSource pool;
  private @Nullable BundleStore store;

  OddRowsTests(TestServer server) {
    this.server = server;
  }

  @BeforeEach
  void createDatabase() throws Exception {
    pool = server.pooled();
    JdbcSchema.of(pool).migrate();
    Fixtures.execute(pool, LOOSENED.getOrDefault(server.dialect(), List.of()));
    store = JdbcDatabase.create(pool).bundles(RequestContext.none());
  }

  @AfterEach
  void closePool() {
    dataSource().close();
  }

  HikariDataSource dataSource() {
    if (pool == null) {
      throw new IllegalStateException("no database");
    }
    return pool;
  }

  BundleStore store() {
    if (store == null) {
      throw new IllegalStateException("no database");
    }
    return store;
  }

  static BundleId id(int number) {
    return BundleId.of(String.format("0198c0de-abcd-7000-8000-%012d", number));
  }

  static Bundle bundle(int number) {
    return Bundle.builder()
        .id(id(number))
        .platform(Platform.IOS)
        .fileHash("hash")
        .storageUri("s3://updates/1.zip")
        .targetAppVersion(Optional.of("1.x"))
        .build();
  }

  /** Inserts the row of {@link #bundle}, with some columns set to other SQL literals. */
  void insert(int number, String... otherColumns) throws Exception {
    boolean hasBooleans = server.dialect() == Dialect.POSTGRESQL;
    Map<String, String> values = new LinkedHashMap<>();
    values.put("id", "'" + id(number) + "'");
    values.put("platform", "'ios'");
    values.put("should_force_update", hasBooleans ? "false" : "0");
    values.put("enabled", hasBooleans ? "true" : "1");
    values.put("file_hash", "'hash'");
    values.put("channel", "'production'");
    values.put("storage_uri", "'s3://updates/1.zip'");
    values.put("target_app_version", "'1.x'");
    values.put("metadata", "'{}'");
    for (int i = 0; i < otherColumns.length; i += 2) {
      values.put(otherColumns[i], otherColumns[i + 1]);
    }
    Fixtures.execute(
        dataSource(),
        "insert into bundles ("
            + String.join(", ", values.keySet())
            + ") values ("
            + String.join(", ", values.values())
            + ")");
  }

  Bundle read(int number) {
    return store().find(id(number)).orElseThrow();
  }

  int count(String table) throws Exception {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getInt(1);
    }
  }

  private String upperCaseId(int number) {
    return "'" + id(number).toString().toUpperCase(Locale.ROOT) + "'";
  }

  @Test
  void rollout_thatIsNull_isFull() throws Exception {
    insert(1, "rollout_cohort_count", "null");

    assertEquals(1000, read(1).rollout().count());
  }

  @Test
  void rollout_outOfRange_isTheNearestInRange() throws Exception {
    insert(1, "rollout_cohort_count", "2000000000");
    insert(2, "rollout_cohort_count", "-5");

    assertEquals(1000, read(1).rollout().count());
    assertEquals(0, read(2).rollout().count());
  }

  @Test
  void metadata_thatIsNoObject_isEmpty() throws Exception {
    insert(1, "metadata", "'[1, 2]'");
    insert(2, "metadata", "'\"text\"'");
    insert(3, "metadata", "'null'");
    insert(4, "metadata", "null");

    for (int number = 1; number <= 4; number++) {
      assertEquals(Metadata.empty(), read(number).metadata());
    }
  }

  @Test
  void metadata_encodedTwice_isDecodedTwice() throws Exception {
    insert(1, "metadata", "'\"{\\u0022a\\u0022:1}\"'".replace("\\", backslash()));

    assertEquals(
        Metadata.of(JsonNodeFactory.instance.objectNode().put("a", 1)), read(1).metadata());
  }

  private String backslash() {
    return server.dialect() == Dialect.MYSQL ? "\\\\" : "\\";
  }

  @Test
  void targetCohorts_thatAreNoList_areAbsent() throws Exception {
    insert(1, "target_cohorts", "'{}'");
    insert(2, "target_cohorts", "'\"seven\"'");
    insert(3, "target_cohorts", "'7'");

    for (int number = 1; number <= 3; number++) {
      assertEquals(Optional.empty(), read(number).targetCohorts());
    }
  }

  @Test
  void targetCohorts_thatAreNotValid_areKeptAsText() throws Exception {
    insert(1, "target_cohorts", "'[\"Not A Cohort!\", \"7\", 8, null]'");

    assertEquals("[not a cohort!, 7]", read(1).targetCohorts().orElseThrow().toString());
  }

  @Test
  void blankTarget_countsAsAbsent() throws Exception {
    insert(1, "target_app_version", "''", "fingerprint_hash", "'fp'");
    insert(2, "target_app_version", "' \t\u2003'", "fingerprint_hash", "'fp'");
    insert(3, "target_app_version", "'\u00a0'", "fingerprint_hash", "' '");
    insert(4, "target_app_version", "null", "fingerprint_hash", "'FP'");
    insert(5, "target_app_version", "'1.x '", "fingerprint_hash", "''");

    assertEquals(Optional.empty(), read(2).targetAppVersion());
    // A no-break space is not white space to Java, and the database must not differ.
    assertEquals(Optional.of("\u00a0"), read(3).targetAppVersion());
    assertEquals(Optional.empty(), read(3).fingerprintHash());
    assertListingsAgree();
  }

  /** Compares lists of all kinds with those made of all bundles. */
  void assertListingsAgree() {
    List<Bundle> bundles = store().snapshot().bundles();
    for (BundleFilter filter :
        List.of(
            BundleFilter.all(),
            BundleFilter.builder().enabled(true).build(),
            BundleFilter.builder().enabled(false).build(),
            BundleFilter.builder().platform(Platform.IOS).build(),
            BundleFilter.builder().targetAppVersion(Optional.empty()).build(),
            BundleFilter.builder().targetAppVersion(Optional.of("")).build(),
            BundleFilter.builder().targetAppVersion(Optional.of("1.x")).build(),
            BundleFilter.builder().targetAppVersionPresent(true).build(),
            BundleFilter.builder().targetAppVersionIn(List.of("1.x ", "", "\u00a0")).build(),
            BundleFilter.builder().fingerprintHash(Optional.empty()).build(),
            BundleFilter.builder().fingerprintHash(Optional.of("fp")).build(),
            BundleFilter.builder().idIn(List.of(id(1), id(2))).build(),
            BundleFilter.builder().idEqual(id(1)).build(),
            BundleFilter.builder().idGreaterOrEqual(id(2)).build())) {
      for (Window window :
          List.of(
              new Window.First(),
              new Window.Page(2),
              new Window.After(id(2)),
              new Window.Before(id(2)))) {
        BundleQuery query = new BundleQuery(filter, 2, window);
        assertEquals(BundleListing.page(bundles, query), store().list(query), window::toString);
      }
    }
    assertEquals(
        bundles.stream().map(Bundle::channel).distinct().sorted().toList(),
        List.copyOf(store().channels()));
  }

  @Test
  void rowsThatMakeNoSense_areSkippedEverywhereWithOneWarningEach() throws Exception {
    insert(1);
    insert(2, "platform", "'windows'", "channel", "'only here'");
    insert(3, "file_hash", "null");
    insert(4, "platform", "'IOS'");
    if (server.dialect() != Dialect.POSTGRESQL) {
      insert(5, "id", "'no uuid'");
    }

    String log =
        standardError(
            () -> {
              assertEquals(List.of(bundle(1)), store().snapshot().bundles());
              assertEquals(List.of(bundle(1)), store().snapshot().bundles());
            });

    for (int number = 2; number <= 4; number++) {
      assertEquals(2, log.split(id(number).toString(), -1).length, log);
    }
    assertEquals(Optional.empty(), store().find(id(2)));
    assertListingsAgree();
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
  void rowThatMakesNoSense_isReplacedByAPut() throws Exception {
    insert(1, "platform", "'windows'");

    store().commit(List.of(BundleWrite.put(bundle(1))));

    assertEquals(bundle(1), read(1));
    assertEquals(1, count("bundles"));
  }

  @Test
  void idInUpperCase_isReadInLowerCase() throws Exception {
    insert(1);
    insert(2, "id", upperCaseId(2));
    insert(3);

    assertEquals(bundle(2), read(2));
    assertListingsAgree();
  }

  @Test
  void idInUpperCase_isReplacedAndDeletedWhereItStands() throws Exception {
    insert(1, "id", upperCaseId(1));
    insert(2, "id", upperCaseId(2));
    Bundle patched =
        bundle(1).toBuilder()
            .patches(List.of(new BundlePatch(id(2), "base", "patch", "s3://updates/2.bsdiff")))
            .build();

    store().commit(List.of(BundleWrite.replace(patched, BundleRevision.of(read(1)))));

    assertEquals(patched, read(1));
    assertEquals(2, count("bundles"));

    store().commit(List.of(BundleWrite.delete(id(2))));

    assertEquals(bundle(1), read(1));
    assertEquals(1, count("bundles"));
    assertEquals(0, count("bundle_patches"));
  }
}
