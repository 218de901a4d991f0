package dev.hotupdater.jdbc;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleJson;
import dev.hotupdater.bundle.BundleRevision;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.WriteConflictException;
import dev.hotupdater.testkit.DatabaseContract;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract, and what else a database in tables must do. */
abstract class JdbcDatabaseTests extends DatabaseContract {
  private static final int WRITERS = 64;

  private final TestServer server;
  private @Nullable HikariDataSource pool;
  private @Nullable Database database;

  JdbcDatabaseTests(TestServer server) {
    this.server = server;
  }

  @Override
  protected Database createDatabase() throws Exception {
    pool = server.emptied();
    database = JdbcDatabase.create(pool);
    return database;
  }

  private HikariDataSource dataSource() {
    if (pool == null) {
      throw new IllegalStateException("no database");
    }
    return pool;
  }

  private BundleStore bundles() {
    if (database == null) {
      throw new IllegalStateException("no database");
    }
    return database.bundles(RequestContext.none());
  }

  private static Bundle bundle(int number) {
    return Bundle.builder()
        .id(BundleId.of(String.format("0198c0de-0000-7000-8000-%012d", number)))
        .platform(Platform.IOS)
        .fileHash("hash")
        .storageUri("s3://updates/" + number + ".zip")
        .targetAppVersion(Optional.of("1.x"))
        .build();
  }

  private static List<Bundle> read(List<JsonNode> json) {
    return json.stream().map(BundleJson::read).toList();
  }

  private List<String> rows(String sql) throws SQLException {
    return rows(dataSource(), sql);
  }

  private static List<String> rows(HikariDataSource dataSource, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(row.getString(i)));
        }
        rows.add(String.join(" | ", values));
      }
    }
    return rows;
  }

  @Test
  void databaseOfTheNodeServer_isReadAsTheNodeServerReadsIt() throws Exception {
    for (String fixture : List.of("node-0.31.0", "node-0.31.0-early")) {
      try (HikariDataSource other = server.pooled()) {
        Fixtures.load(fixture, other, server.dialect());
        JdbcDatabase opened = JdbcDatabase.create(other);

        opened.check();

        String expected =
            fixture.endsWith("early")
                ? fixture + "-expected.json"
                : fixture + "-expected-" + server.dialect() + ".json";
        assertEquals(Fixtures.expected(expected), Fixtures.listed(opened));
      }
    }
  }

  @Test
  void databaseOfTheNodeServer_canBeWritten() throws Exception {
    for (String fixture : List.of("node-0.31.0", "node-0.31.0-early")) {
      try (HikariDataSource other = server.pooled()) {
        Fixtures.load(fixture, other, server.dialect());
        BundleStore opened = JdbcDatabase.create(other).bundles(RequestContext.none());
        BundleId base = BundleId.of("0198c0de-1011-7a0b-8c0d-000000000011");
        BundleId patched = BundleId.of("0198c0de-1012-7a0b-8c0d-000000000012");
        Bundle read = opened.find(patched).orElseThrow();
        Bundle changed = read.toBuilder().message(Optional.of("changed")).build();

        opened.commit(
            List.of(
                BundleWrite.replace(changed, BundleRevision.of(read)), BundleWrite.delete(base)));

        Bundle written = opened.find(patched).orElseThrow();
        assertEquals(Optional.of("changed"), written.message());
        assertEquals(read.patches().size() - 1, written.patches().size());
        assertEquals(Optional.empty(), opened.find(base));
      }
    }
  }

  @Test
  void rowsThatAreWritten_areThoseThatTheNodeServerWrites() throws Exception {
    List<JsonNode> json = Fixtures.expected("node-0.31.0-expected-" + server.dialect() + ".json");
    try (HikariDataSource other = server.pooled()) {
      Fixtures.load("node-0.31.0", other, server.dialect());

      bundles().commit(read(json).stream().map(BundleWrite::put).toList());

      // PostgreSQL's driver for Node writes an empty list as the empty object.
      String everything =
          "select "
              + BundleRow.COLUMNS.replace(
                  "target_cohorts",
                  "case when cast(target_cohorts as char(2)) = '{}' then null"
                      + " else target_cohorts end")
              + " from bundles order by id";
      assertEquals(rows(other, everything), rows(everything));
      String patches =
          "select id, bundle_id, base_bundle_id, base_file_hash, patch_file_hash,"
              + " patch_storage_uri from bundle_patches order by bundle_id, order_index";
      assertEquals(rows(other, patches), rows(patches));
    }
  }

  @Test
  void writers_moreThanThePoolHasConnections_loseNothing() throws Exception {
    bundles().commit(List.of(BundleWrite.put(bundle(0))));
    List<Callable<Void>> work = new ArrayList<>();
    for (int writer = 1; writer <= WRITERS; writer++) {
      int number = writer;
      work.add(
          () -> {
            bundles().commit(List.of(BundleWrite.put(bundle(number))));
            changeSharedBundle(" " + number + " ");
            return null;
          });
    }

    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      for (Future<Void> result : threads.invokeAll(work)) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertEquals(WRITERS + 1, bundles().snapshot().bundles().size());
    String message = bundles().find(bundle(0).id()).orElseThrow().message().orElseThrow();
    for (int writer = 1; writer <= WRITERS; writer++) {
      assertTrue(message.contains(" " + writer + " "), message);
    }
  }

  private void changeSharedBundle(String addition) {
    while (true) {
      Bundle current = bundles().find(bundle(0).id()).orElseThrow();
      BundleChange change =
          BundleChange.of(b -> b.message(Optional.of(current.message().orElse("") + addition)));
      try {
        bundles()
            .commit(
                List.of(BundleWrite.replace(change.applyTo(current), BundleRevision.of(current))));
        return;
      } catch (WriteConflictException e) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void pool_withoutAutoCommit_worksAsWell() throws Exception {
    HikariDataSource manual = TestServer.pool(dataSource());
    manual.setAutoCommit(false);
    try (manual) {
      BundleStore opened = JdbcDatabase.create(manual).bundles(RequestContext.none());

      opened.commit(List.of(BundleWrite.put(bundle(1))));

      assertEquals(opened.revision(), bundles().revision());
      assertEquals(
          new TreeSet<>(List.of(bundle(1).id())),
          bundles().snapshot().bundles().stream()
              .map(Bundle::id)
              .collect(toCollection(TreeSet::new)));
    }
  }
}
