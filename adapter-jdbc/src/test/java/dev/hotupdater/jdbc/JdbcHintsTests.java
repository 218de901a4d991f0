package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.HintSubscription;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hints about changes, in databases that give them. */
abstract class JdbcHintsTests {
  /** Longer than any look takes to come round. */
  static final Duration SILENCE = Duration.ofMillis(1500);

  private final TestServer server;
  private @Nullable DataSource dataSource;
  private @Nullable HikariDataSource pool;

  JdbcHintsTests(TestServer server) {
    this.server = server;
  }

  @BeforeEach
  void createDatabase() throws Exception {
    dataSource = server.unpooled();
    pool = TestServer.pool(dataSource);
    JdbcSchema.of(pool).migrate();
  }

  /** Whatever a test did, nothing may be left of it. */
  @AfterEach
  void nothingIsLeft() throws Exception {
    Hints.awaitNoThread();
    assertEquals(0, pool().getHikariPoolMXBean().getActiveConnections());
    pool().close();
  }

  DataSource dataSource() {
    if (dataSource == null) {
      throw new IllegalStateException("no database");
    }
    return dataSource;
  }

  HikariDataSource pool() {
    if (pool == null) {
      throw new IllegalStateException("no database");
    }
    return pool;
  }

  /** Connections of another server, whose commits only their announcement tells of, if possible. */
  abstract DataSource otherServer();

  static Bundle bundle(int number) {
    return Bundle.builder()
        .id(BundleId.of(String.format("0198c0de-abcd-7000-8000-%012d", number)))
        .platform(Platform.IOS)
        .fileHash("hash")
        .storageUri("s3://updates/1.zip")
        .targetAppVersion(Optional.of("1.x"))
        .build();
  }

  static void put(Database database, int number) {
    database.bundles(RequestContext.none()).commit(List.of(BundleWrite.put(bundle(number))));
  }

  /** A data source that passes calls on, and can be told to fail. */
  static final class Switched implements DataSource {
    final Queue<Thread> callers = new ConcurrentLinkedQueue<>();
    final AtomicReference<@Nullable DataSource> target = new AtomicReference<>();

    @Override
    public Connection getConnection() throws SQLException {
      callers.add(Thread.currentThread());
      DataSource present = target.get();
      if (present == null) {
        throw new SQLException("switched off", "08001");
      }
      return present.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }

  @Test
  void commit_ofAnotherServer_givesAHint() throws Exception {
    Hints hints = new Hints();
    Database other = JdbcDatabase.create(otherServer());
    try (HintSubscription subscription = JdbcDatabase.create(pool()).onChange(hints)) {
      for (int number = 1; number <= 3; number++) {
        int before = hints.awaitSilence(SILENCE);

        put(other, number);

        hints.awaitMoreThan(before);
      }
    }
  }

  @Test
  void writeOfOtherSoftware_givesAHint() throws Exception {
    put(JdbcDatabase.create(pool()), 1);
    Hints hints = new Hints();
    try (HintSubscription subscription = JdbcDatabase.create(pool()).onChange(hints)) {
      hints.awaitMoreThan(0);
      for (String sql :
          List.of(
              "update bundles set message = 'changed'",
              "insert into bundle_patches (id, bundle_id, base_bundle_id, base_file_hash,"
                  + " patch_file_hash, patch_storage_uri, order_index) select 'x', id, id, 'a',"
                  + " 'b', 'c', 0 from bundles",
              "delete from bundle_patches")) {
        int before = hints.awaitSilence(SILENCE);

        Fixtures.execute(dataSource(), sql);

        hints.awaitMoreThan(before);
      }
    }
  }

  @Test
  void onChange_ofSeveralListeners_hasOneThreadAndOneConnection() throws Exception {
    Database database = JdbcDatabase.create(pool());
    Hints first = new Hints();
    Hints second = new Hints();
    HintSubscription firstSubscription = database.onChange(first);
    first.awaitMoreThan(0);
    try (HintSubscription secondSubscription = database.onChange(second)) {
      put(database, 1);
      second.awaitMoreThan(0);
      assertEquals(
          1,
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("hotupdater-jdbc-hints"))
              .peek(thread -> assertTrue(thread.isDaemon()))
              .count());
      assertEquals(1, pool().getHikariPoolMXBean().getActiveConnections());

      firstSubscription.close();
      firstSubscription.close();
      int countOfClosed = first.count();
      int before = second.count();
      put(database, 2);

      second.awaitMoreThan(before);
      assertEquals(countOfClosed, first.count());
    }
  }

  @Test
  void close_ofTheLast_givesTheConnectionBackAsItWas() throws Exception {
    pool().setMaximumPoolSize(2);
    for (int round = 0; round < 3; round++) {
      Database database = JdbcDatabase.create(pool());
      Hints hints = new Hints();
      HintSubscription subscription = database.onChange(hints);
      hints.awaitMoreThan(0);

      subscription.close();
      subscription.close();

      Hints.awaitNoThread();
      assertEquals(0, pool().getHikariPoolMXBean().getActiveConnections());
      int before = hints.count();
      put(database, round);
      assertEquals(before, hints.count());
    }
  }

  @Test
  void onChange_afterTheLastWasClosed_startsAgain() throws Exception {
    Database database = JdbcDatabase.create(pool());
    for (int round = 0; round < 3; round++) {
      Hints hints = new Hints();
      try (HintSubscription subscription = database.onChange(hints)) {
        hints.awaitMoreThan(0);
        int before = hints.count();
        put(database, round);
        hints.awaitMoreThan(before);
      }
    }
  }

  @Test
  void listenerThatThrows_isCalledAgain() throws Exception {
    Database database = JdbcDatabase.create(pool());
    Hints hints = new Hints();
    try (HintSubscription failing =
            database.onChange(
                () -> {
                  hints.run();
                  throw new AssertionError("thrown by a test");
                });
        HintSubscription other = database.onChange(hints)) {
      hints.awaitMoreThan(0);
      int before = hints.awaitSilence(SILENCE);
      put(JdbcDatabase.create(pool()), 1);
      hints.awaitMoreThan(before + 1);
    }
  }

  @Test
  void listener_thatClosesItsOwnSubscription_isNotCalledAgain() throws Exception {
    Database database = JdbcDatabase.create(pool());
    Hints hints = new Hints();
    CompletableFuture<HintSubscription> own = new CompletableFuture<>();
    own.complete(
        database.onChange(
            () -> {
              hints.run();
              own.join().close();
            }));

    Hints.awaitNoThread();
    assertEquals(1, hints.count());
  }

  @Test
  void dataSourceThatCannotConnect_isTriedUntilItCan() throws Exception {
    Switched dataSource = new Switched();
    Hints hints = new Hints();
    try (HintSubscription subscription = JdbcDatabase.create(dataSource).onChange(hints)) {
      Hints.await(() -> !dataSource.callers.isEmpty(), "it was not asked");
      assertFalse(dataSource.callers.contains(Thread.currentThread()));
      assertEquals(0, hints.count());

      dataSource.target.set(pool());

      hints.awaitMoreThan(0);
      int before = hints.awaitSilence(SILENCE);
      put(JdbcDatabase.create(otherServer()), 1);
      hints.awaitMoreThan(before);
    }
  }

  @Test
  void close_whileNoConnectionCanBeHad_endsTheThread() throws Exception {
    Switched dataSource = new Switched();
    try (HintSubscription subscription = JdbcDatabase.create(dataSource).onChange(() -> {})) {
      Hints.await(() -> dataSource.callers.size() > 1, "it was not asked");
    }

    Hints.awaitNoThread();
  }

  @Test
  void hintDataSource_isTheOneThatIsKept() throws Exception {
    Switched dataSource = new Switched();
    dataSource.target.set(dataSource());
    Database database = JdbcDatabase.builder(pool()).hintDataSource(dataSource).build();
    Hints hints = new Hints();
    try (HintSubscription subscription = database.onChange(hints)) {
      hints.awaitMoreThan(0);
      assertEquals(1, dataSource.callers.size());
      assertEquals(0, pool().getHikariPoolMXBean().getActiveConnections());
      int before = hints.count();
      put(database, 1);
      hints.awaitMoreThan(before);
    }
  }

  @Test
  void withoutHints_commitsWorkAndAreHintsForOthers() throws Exception {
    Database silent = JdbcDatabase.builder(pool()).withoutHints().build();
    Hints none = new Hints();
    Hints hints = new Hints();
    try (HintSubscription subscription = silent.onChange(none)) {
      Hints.awaitNoThread();
      try (HintSubscription other = JdbcDatabase.create(otherServer()).onChange(hints)) {
        hints.awaitMoreThan(0);
        int before = hints.awaitSilence(SILENCE);

        put(silent, 1);

        hints.awaitMoreThan(before);
      }
    }
    assertEquals(0, none.count());
  }

  @Test
  void poolThatIsTooSmallForHints_isLeftToTheCalls() throws Exception {
    pool().setMaximumPoolSize(1);
    Database database = JdbcDatabase.create(pool());
    Hints hints = new Hints();
    try (HintSubscription subscription = database.onChange(hints)) {
      hints.awaitMoreThan(0);

      for (int number = 1; number <= 3; number++) {
        put(database, number);
      }

      assertEquals(3, database.bundles(RequestContext.none()).snapshot().bundles().size());
      assertEquals(0, pool().getHikariPoolMXBean().getActiveConnections());
    }
  }
}
