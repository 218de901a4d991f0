package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.database.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.slf4j.Logger;

/** What hints come from where something of PostgreSQL is missing. */
class PostgresProbeTest {
  private static final String LISTEN = "listen hot_updater_changes";
  private static final String COUNTS = "pg_stat_get_tuples";

  private interface Work {
    void with(Connection connection) throws Exception;
  }

  private static void onConnection(Work test) throws Exception {
    DataSource dataSource = TestServer.POSTGRESQL.unpooled();
    JdbcSchema.of(dataSource).migrate();
    try (Connection connection = dataSource.getConnection()) {
      test.with(connection);
    }
  }

  /** A connection that refuses statements with these texts, with these SQL states. */
  private static Connection refusing(Connection connection, Map<String, String> states) {
    return proxy(
        Connection.class,
        connection,
        (method, arguments, call) ->
            method.getName().equals("createStatement")
                ? proxy(
                    Statement.class,
                    (Statement) call.call(),
                    (sqlMethod, sql, execution) -> {
                      for (Map.Entry<String, String> state : states.entrySet()) {
                        if (sql.length > 0 && String.valueOf(sql[0]).contains(state.getKey())) {
                          throw new SQLException("refused by a test", state.getValue());
                        }
                      }
                      return execution.call();
                    })
                : call.call());
  }

  private interface Change {
    @Nullable Object of(Method method, Object[] arguments, Callable<@Nullable Object> call)
        throws Exception;
  }

  private static <T> T proxy(Class<T> type, T target, Change change) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return change.of(
                    method,
                    arguments == null ? new Object[0] : arguments,
                    () -> method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            }));
  }

  private static String sources(Connection connection) throws SQLException {
    Optional<ChangeProbe> opened = PostgresProbe.open(connection);
    if (opened.isEmpty()) {
      return "nothing";
    }
    try (ChangeProbe probe = opened.get()) {
      // Nothing has changed, and looking fails nowhere.
      assertFalse(probe.look());
      return probe.toString();
    }
  }

  @Test
  void postgres_hasBoth() throws Exception {
    onConnection(connection -> assertEquals("notifications and row counts", sources(connection)));
  }

  @Test
  void databaseThatCannotListen_hasTheCounts() throws Exception {
    onConnection(
        connection ->
            assertEquals("row counts", sources(refusing(connection, Map.of(LISTEN, "0A000")))));
  }

  @Test
  void databaseThatCountsNothing_hasNotifications() throws Exception {
    onConnection(
        connection ->
            assertEquals("notifications", sources(refusing(connection, Map.of(COUNTS, "42883")))));
  }

  @Test
  void databaseWithNeither_hasNothing() throws Exception {
    onConnection(
        connection ->
            assertEquals(
                "nothing",
                sources(refusing(connection, Map.of(LISTEN, "42601", COUNTS, "42883")))));
  }

  @Test
  void otherFailures_areNotTakenForThat() throws Exception {
    onConnection(
        connection -> {
          for (String part : List.of(LISTEN, COUNTS)) {
            Connection refusing = refusing(connection, Map.of(part, "57P01"));
            assertThrows(SQLException.class, () -> sources(refusing));
          }
        });
  }

  @Test
  void connectionOfAnotherDriver_hasTheCounts() throws Exception {
    onConnection(
        connection ->
            assertEquals(
                "row counts",
                sources(
                    proxy(
                        Connection.class,
                        connection,
                        (method, arguments, call) ->
                            method.getName().equals("isWrapperFor") ? false : call.call()))));
  }

  @Test
  void driverThatIsMissing_leavesTheCounts() throws Exception {
    onConnection(
        connection -> {
          try (URLClassLoader loader = withoutDriver()) {
            assertThrows(
                ClassNotFoundException.class, () -> loader.loadClass(PGConnection.class.getName()));
            Method open =
                loader
                    .loadClass(PostgresProbe.class.getName())
                    .getDeclaredMethod("open", Connection.class);
            open.setAccessible(true);

            Optional<?> opened = (Optional<?>) open.invoke(null, connection);

            assertEquals("row counts", String.valueOf(opened.orElseThrow()));
          }
        });
  }

  private static URLClassLoader withoutDriver() {
    URL[] locations =
        List.of(PostgresProbe.class, Database.class, Logger.class).stream()
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
            .toArray(URL[]::new);
    return new URLClassLoader(locations, ClassLoader.getPlatformClassLoader());
  }
}
