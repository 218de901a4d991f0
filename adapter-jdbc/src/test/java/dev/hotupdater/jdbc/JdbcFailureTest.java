package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DatabaseUnavailableException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Databases that are away, stand still or refuse: a call ends in time and says what to do. */
class JdbcFailureTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** Far longer than any call may take with that timeout, and far shorter than for ever. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static Database database(DataSource dataSource) {
    return JdbcDatabase.builder(dataSource).statementTimeout(TIMEOUT).build();
  }

  private static BundleStore bundles(Database database) {
    return database.bundles(RequestContext.none());
  }

  private static Bundle bundle() {
    return Bundle.builder()
        .id(BundleId.of("0198c0de-abcd-7000-8000-000000000001"))
        .platform(Platform.IOS)
        .fileHash("hash")
        .storageUri("s3://updates/1.zip")
        .targetAppVersion(Optional.of("1.x"))
        .build();
  }

  private static DatabaseUnavailableException assertUnavailable(Executable call) {
    return assertTimeoutPreemptively(
        PATIENCE, () -> assertThrows(DatabaseUnavailableException.class, call));
  }

  private static void assertEverythingIsUnavailable(Database database) {
    assertUnavailable(database::check);
    assertUnavailable(() -> bundles(database).revision());
    assertUnavailable(() -> bundles(database).snapshot());
    assertUnavailable(() -> bundles(database).commit(List.of(BundleWrite.put(bundle()))));
  }

  private static void assertSays(Throwable e, String text) {
    assertTrue(String.valueOf(e.getMessage()).contains(text), e.getMessage());
  }

  @Test
  void create_opensNoConnection() {
    DataSource untouchable =
        (DataSource)
            Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError(method);
                });

    Database database = JdbcDatabase.create(untouchable);

    assertNotNull(database.bundles(RequestContext.none()));
    assertNotNull(JdbcSchema.of(untouchable));
  }

  @Test
  void postgresThatNeverAnswers_isUnavailable() throws Exception {
    try (SilentServer server = SilentServer.mute()) {
      Database database = database(PostgresServer.dataSource(server.port()));

      assertSays(assertUnavailable(database::check), "within 1 s");
      assertEverythingIsUnavailable(database);
    }
  }

  @Test
  void mariaDbThatNeverAnswers_isUnavailable() throws Exception {
    try (SilentServer server = SilentServer.mute()) {
      assertEverythingIsUnavailable(database(MariaDbServer.dataSource(server.port(), "test")));
    }
  }

  @Test
  void serverThatIsNotThere_isUnavailableWithItsCause() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    Database database = database(PostgresServer.dataSource(port));

    DatabaseUnavailableException e = assertUnavailable(database::check);

    assertInstanceOf(SQLException.class, e.getCause());
    assertSays(e, "08001");
    assertEverythingIsUnavailable(database);
    assertEverythingIsUnavailable(database(MariaDbServer.dataSource(port, "test")));
  }

  @Test
  void postgresThatFallsSilent_isUnavailable() throws Exception {
    PGSimpleDataSource direct = (PGSimpleDataSource) TestServer.POSTGRESQL.unpooled();
    JdbcSchema.of(direct).migrate();
    try (SilentServer server = SilentServer.inFrontOf(direct.getPortNumbers()[0])) {
      PGSimpleDataSource dataSource = PostgresServer.dataSource(server.port());
      dataSource.setCurrentSchema(direct.getCurrentSchema());
      assertFallsSilent(server, dataSource);
    }
  }

  @Test
  void mariaDbThatFallsSilent_isUnavailable() throws Exception {
    MariaDbDataSource direct = (MariaDbDataSource) TestServer.MARIADB.unpooled();
    JdbcSchema.of(direct).migrate();
    String url = direct.getUrl();
    String port = url.replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1");
    try (SilentServer server = SilentServer.inFrontOf(Integer.parseInt(port))) {
      MariaDbDataSource dataSource =
          new MariaDbDataSource(url.replace(":" + port + "/", ":" + server.port() + "/"));
      dataSource.setUser("root");
      assertFallsSilent(server, dataSource);
    }
  }

  private static void assertFallsSilent(SilentServer server, DataSource dataSource)
      throws Exception {
    try (HikariDataSource pool = TestServer.pool(dataSource)) {
      Database database = database(pool);
      bundles(database).commit(List.of(BundleWrite.put(bundle())));
      assertEquals(List.of(bundle()), bundles(database).snapshot().bundles());

      server.fallSilent();

      assertEverythingIsUnavailable(database);
      assertUnavailable(() -> JdbcSchema.of(pool, TIMEOUT).status());
      // Or the pool would wait for its connections when it is closed.
      server.close();
    }
  }

  @Test
  void postgresThatStops_isUnavailable() throws Exception {
    // This one starts a server of its own, because the others need theirs.
    TestServer.POSTGRESQL.unpooled();
    EmbeddedPostgres server = PostgresServer.launch();
    try (HikariDataSource pool = TestServer.pool(server.getPostgresDatabase())) {
      JdbcSchema.of(pool).migrate();
      Database database = database(pool);
      bundles(database).commit(List.of(BundleWrite.put(bundle())));

      server.close();

      assertEverythingIsUnavailable(database);
    }
  }

  @Test
  void poolThatIsExhausted_isUnavailableUntilItIsNot() throws Exception {
    try (HikariDataSource pool = TestServer.pool(TestServer.SQLITE.unpooled())) {
      pool.setMaximumPoolSize(1);
      JdbcSchema.of(pool).migrate();
      Database database = database(pool);
      Connection taken = pool.getConnection();

      assertSays(assertUnavailable(database::check), "pool");
      taken.close();

      database.check();
      assertEquals(List.of(), bundles(database).snapshot().bundles());
    }
  }

  @Test
  void sqliteThatAnotherProcessWrites_canBeReadAndIsUnavailableForWriting() throws Exception {
    try (HikariDataSource pool = TestServer.SQLITE.pooled()) {
      JdbcSchema.of(pool).migrate();
      Database database = database(pool);
      try (Connection other = pool.getConnection();
          Statement statement = other.createStatement()) {
        statement.execute("begin immediate");

        assertUnavailable(() -> bundles(database).commit(List.of(BundleWrite.put(bundle()))));
        assertEquals(List.of(), bundles(database).snapshot().bundles());

        statement.execute("rollback");
      }
      bundles(database).commit(List.of(BundleWrite.put(bundle())));
      assertEquals(List.of(bundle()), bundles(database).snapshot().bundles());
    }
  }

  @Test
  void postgresRowThatAnotherTransactionHolds_makesACommitUnavailable() throws Exception {
    assertRowThatIsHeldMakesACommitUnavailable(TestServer.POSTGRESQL);
  }

  @Test
  void mariaDbRowThatAnotherTransactionHolds_makesACommitUnavailable() throws Exception {
    assertRowThatIsHeldMakesACommitUnavailable(TestServer.MARIADB);
  }

  private static void assertRowThatIsHeldMakesACommitUnavailable(TestServer server)
      throws Exception {
    try (HikariDataSource pool = server.pooled()) {
      JdbcSchema.of(pool).migrate();
      Database database = database(pool);
      bundles(database).commit(List.of(BundleWrite.put(bundle())));
      try (Connection other = pool.getConnection();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute(
            "update private_hot_updater_settings set value = 'held' where value <> '0.31.0'");

        assertUnavailable(
            () -> bundles(database).commit(List.of(BundleWrite.delete(bundle().id()))));
        assertEquals(List.of(bundle()), bundles(database).snapshot().bundles());

        other.rollback();
      }
      bundles(database).commit(List.of(BundleWrite.delete(bundle().id())));
      assertEquals(List.of(), bundles(database).snapshot().bundles());
    }
  }

  @Test
  void sqliteInADirectoryThatIsNotThere_isUnavailable(@TempDir Path directory) {
    Database database = database(SqliteFiles.file(directory.resolve("missing/updates.db")));

    assertSays(assertUnavailable(database::check), "Could not connect");
  }

  @Test
  void fileThatIsNoDatabase_isADatabaseException(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("letter.txt");
    Files.writeString(file, "Dear Sir or Madam, ".repeat(100));

    DatabaseException e =
        assertThrows(DatabaseException.class, database(SqliteFiles.file(file))::check);

    assertSays(e, "not a database");
  }

  @Test
  void password_isNotInAnyMessage() throws Exception {
    PGSimpleDataSource dataSource = (PGSimpleDataSource) TestServer.POSTGRESQL.unpooled();
    dataSource.setUser("nobody");
    dataSource.setPassword("geheim-4711");

    Throwable e = assertUnavailable(database(dataSource)::check);

    assertSays(e, "user and password");
    for (Throwable current = e; current != null; current = current.getCause()) {
      assertFalse(String.valueOf(current.getMessage()).contains("geheim-4711"));
    }
  }

  @Test
  void databaseOfAnotherKind_isRefusedByName() throws Exception {
    DataSource dataSource = otherProduct(TestServer.SQLITE.unpooled(), "Apache Derby");

    DatabaseException e =
        assertThrows(DatabaseException.class, JdbcDatabase.create(dataSource)::check);

    assertSays(e, "'Apache Derby' is not supported");
  }

  /** A data source that says that it is one of something else. */
  private static DataSource otherProduct(DataSource dataSource, String name) {
    return wrap(
        DataSource.class,
        dataSource,
        "getConnection",
        connection ->
            wrap(
                Connection.class,
                (Connection) connection,
                "getMetaData",
                metaData ->
                    wrap(
                        DatabaseMetaData.class,
                        (DatabaseMetaData) metaData,
                        "getDatabaseProductName",
                        product -> name)));
  }

  private static <T> T wrap(
      Class<T> type, T target, String methodName, UnaryOperator<Object> change) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object result = method.invoke(target, arguments);
              return method.getName().equals(methodName) ? change.apply(result) : result;
            }));
  }

  @Test
  void connection_isGivenBackWithTheSettingsThatItHad() throws Exception {
    PGSimpleDataSource dataSource = (PGSimpleDataSource) TestServer.POSTGRESQL.unpooled();
    JdbcSchema.of(dataSource).migrate();
    try (Connection only = dataSource.getConnection()) {
      only.setAutoCommit(false);
      only.setNetworkTimeout(Runnable::run, 54_321);
      DataSource source = ofOne(only);

      bundles(database(source)).commit(List.of(BundleWrite.put(bundle())));
      bundles(database(source)).snapshot();

      assertFalse(only.getAutoCommit());
      assertEquals(54_321, only.getNetworkTimeout());
      assertEquals(Connection.TRANSACTION_READ_COMMITTED, only.getTransactionIsolation());
    }
  }

  @Test
  void busyTimeout_isGivenBackAsItWas() throws Exception {
    DataSource dataSource = TestServer.SQLITE.unpooled();
    JdbcSchema.of(dataSource).migrate();
    try (Connection only = dataSource.getConnection();
        Statement statement = only.createStatement()) {
      statement.execute("pragma busy_timeout = 4321");

      bundles(database(ofOne(only))).commit(List.of(BundleWrite.put(bundle())));

      try (var row = statement.executeQuery("pragma busy_timeout")) {
        assertTrue(row.next());
        assertEquals(4321, row.getInt(1));
      }
    }
  }

  /** A data source that always lends the same connection. */
  private static DataSource ofOne(Connection connection) {
    Connection lent =
        (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                    method.getName().equals("close") ? null : method.invoke(connection, arguments));
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> lent);
  }
}
