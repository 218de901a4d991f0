package dev.hotupdater.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What other software writes with plain SQL is known to every server within ten seconds. That is a
 * promise, so the limit is kept to the letter: from the commit of the SQL to the decision.
 *
 * <p>All databases are tested at the same time, as nearly all of it is waiting.
 */
class ForeignWriteTest {
  private static final ExecutorService threads = Executors.newCachedThreadPool();
  private static final List<Run> runs = new ArrayList<>();

  /** What goes on beside the foreign writes. */
  private enum Company {
    NOBODY,
    SERVERS_THAT_WRITE
  }

  private record Run(TestServer server, Company company, Future<ForeignWrites.Summary> summary) {}

  @BeforeAll
  static void startOnAllDatabases() {
    start(TestServer.SQLITE);
    start(TestServer.POSTGRESQL);
    start(TestServer.MARIADB);
  }

  private static void start(TestServer server) {
    // Servers make databases for one test at a time, so the second waits for the first.
    Future<HikariDataSource> first = threads.submit(() -> migrated(server));
    Future<HikariDataSource> second =
        threads.submit(
            () -> {
              first.get();
              return migrated(server);
            });
    runs.add(
        new Run(
            server,
            Company.NOBODY,
            threads.submit(
                () -> {
                  try (HikariDataSource pool = first.get()) {
                    return ForeignWrites.alone(pool, server.dialect());
                  }
                })));
    runs.add(
        new Run(
            server,
            Company.SERVERS_THAT_WRITE,
            threads.submit(
                () -> {
                  try (HikariDataSource pool = second.get()) {
                    return ForeignWrites.amongOwnWrites(pool, server.dialect());
                  }
                })));
  }

  private static HikariDataSource migrated(TestServer server) throws Exception {
    HikariDataSource pool = server.pooled();
    JdbcSchema.of(pool).migrate();
    return pool;
  }

  @AfterAll
  static void stop() {
    threads.shutdownNow();
  }

  @Test
  void sqlite_foreignWrites_areVisibleWithinTenSeconds() throws Throwable {
    assertVisible(TestServer.SQLITE, Company.NOBODY);
  }

  @Test
  void sqlite_foreignWritesAmongOwn_areVisibleWithinTenSeconds() throws Throwable {
    assertVisible(TestServer.SQLITE, Company.SERVERS_THAT_WRITE);
  }

  @Test
  void postgres_foreignWrites_areVisibleWithinTenSeconds() throws Throwable {
    assertVisible(TestServer.POSTGRESQL, Company.NOBODY);
  }

  @Test
  void postgres_foreignWritesAmongOwn_areVisibleWithinTenSeconds() throws Throwable {
    assertVisible(TestServer.POSTGRESQL, Company.SERVERS_THAT_WRITE);
  }

  @Test
  void mariaDb_foreignWrites_areVisibleWithinTenSeconds() throws Throwable {
    assertVisible(TestServer.MARIADB, Company.NOBODY);
  }

  @Test
  void mariaDb_foreignWritesAmongOwn_areVisibleWithinTenSeconds() throws Throwable {
    assertVisible(TestServer.MARIADB, Company.SERVERS_THAT_WRITE);
  }

  private static void assertVisible(TestServer server, Company company) throws Throwable {
    for (Run run : runs) {
      if (run.server().dialect() == server.dialect() && run.company() == company) {
        ForeignWrites.Summary summary = summary(run);
        System.out.println(
            "ForeignWriteTest: "
                + summary.changes()
                + " foreign writes in "
                + server.dialect()
                + " in the company of "
                + company
                + ", the slowest visible after "
                + summary.slowestMillis()
                + " ms");
      }
    }
  }

  private static ForeignWrites.Summary summary(Run run) throws Throwable {
    try {
      return run.summary().get();
    } catch (ExecutionException e) {
      // A run fails with what it failed with, or with why there was no database to run on.
      Throwable cause = e;
      while (cause instanceof ExecutionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw cause;
    }
  }
}
