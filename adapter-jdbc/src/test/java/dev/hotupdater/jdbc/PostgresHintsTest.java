package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.database.Database;
import dev.hotupdater.database.HintSubscription;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresHintsTest extends JdbcHintsTests {
  private static final String NAME = "hints of a test";

  PostgresHintsTest() {
    super(TestServer.POSTGRESQL);
  }

  /** The server does not count the rows that these write. */
  @Override
  DataSource otherServer() {
    PGSimpleDataSource other = copy();
    other.setOptions("-c track_counts=off");
    return other;
  }

  private PGSimpleDataSource copy() {
    PGSimpleDataSource original = (PGSimpleDataSource) dataSource();
    PGSimpleDataSource copy = PostgresServer.dataSource(original.getPortNumbers()[0]);
    copy.setCurrentSchema(original.getCurrentSchema());
    return copy;
  }

  private DataSource named() {
    PGSimpleDataSource named = copy();
    named.setApplicationName(NAME);
    return named;
  }

  private Set<String> backends() throws SQLException {
    return column("select pid from pg_stat_activity where application_name = '" + NAME + "'");
  }

  private Set<String> column(String sql) throws SQLException {
    Set<String> values = new TreeSet<>();
    try (Connection connection = pool().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        values.add(row.getString(1));
      }
    }
    return values;
  }

  @Test
  void connectionThatIsTerminated_comesBackAndGivesHints() throws Exception {
    Hints hints = new Hints();
    Database database = JdbcDatabase.builder(pool()).hintDataSource(named()).build();
    try (HintSubscription subscription = database.onChange(hints)) {
      hints.awaitMoreThan(0);
      for (int round = 0; round < 2; round++) {
        Set<String> first = backends();
        assertEquals(1, first.size());
        int before = hints.awaitSilence(SILENCE);

        column("select pg_terminate_backend(" + first.iterator().next() + ")");

        hints.awaitMoreThan(before);
        Hints.await(() -> backends().size() == 1, "there is no new connection");
        assertNotEquals(first, backends());
        before = hints.awaitSilence(SILENCE);
        put(JdbcDatabase.create(otherServer()), round);
        hints.awaitMoreThan(before);
      }
    }
    Hints.await(() -> backends().isEmpty(), "the connection is left");
  }

  @Test
  void pooledConnectionThatIsTerminated_isNotLentToAnybodyElse() throws Exception {
    pool().setMaximumPoolSize(2);
    Hints hints = new Hints();
    Database database = JdbcDatabase.create(pool());
    try (HintSubscription subscription = database.onChange(hints)) {
      hints.awaitMoreThan(0);
      int before = hints.awaitSilence(SILENCE);
      try (Connection other = copy().getConnection();
          Statement statement = other.createStatement()) {
        statement.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where pid <> pg_backend_pid() and query like '%pg_stat_get_tuples%'");
      }
      hints.awaitMoreThan(before);

      for (int number = 1; number <= 4; number++) {
        put(database, number);
      }
    }
  }

  @Test
  void connection_thatIsGivenBack_doesNotListen() throws Exception {
    pool().setMaximumPoolSize(1);
    Hints hints = new Hints();
    HintSubscription subscription = JdbcDatabase.create(pool()).onChange(hints);
    hints.awaitMoreThan(0);

    subscription.close();

    Hints.awaitNoThread();
    assertEquals(Set.of(), column("select pg_listening_channels()"));
  }

  @Test
  void commitThatIsRolledBack_isNotAnnounced() throws Exception {
    Hints hints = new Hints();
    try (HintSubscription subscription = JdbcDatabase.create(pool()).onChange(hints);
        Connection other = otherServer().getConnection();
        Statement statement = other.createStatement()) {
      hints.awaitMoreThan(0);
      int before = hints.awaitSilence(SILENCE);
      other.setAutoCommit(false);
      statement.execute(new PostgresSyntax().announcement().orElseThrow());
      other.rollback();

      assertEquals(before, hints.awaitSilence(SILENCE));

      statement.execute(new PostgresSyntax().announcement().orElseThrow());
      other.commit();
      hints.awaitMoreThan(before);
    }
  }

  @Test
  void networkThatFallsSilent_isNoticed() throws Exception {
    PGSimpleDataSource direct = (PGSimpleDataSource) dataSource();
    Switched dataSource = new Switched();
    try (SilentServer silent = SilentServer.inFrontOf(direct.getPortNumbers()[0])) {
      PGSimpleDataSource through = PostgresServer.dataSource(silent.port());
      through.setCurrentSchema(direct.getCurrentSchema());
      dataSource.target.set(through);
      Hints hints = new Hints();
      Database database =
          JdbcDatabase.builder(pool())
              .hintDataSource(dataSource)
              .statementTimeout(Duration.ofSeconds(1))
              .build();
      try (HintSubscription subscription = database.onChange(hints)) {
        hints.awaitMoreThan(0);
        int before = hints.awaitSilence(SILENCE);

        silent.fallSilent();
        dataSource.target.set(direct);

        hints.awaitMoreThan(before);
        before = hints.awaitSilence(SILENCE);
        put(JdbcDatabase.create(otherServer()), 1);
        hints.awaitMoreThan(before);
      }
    }
  }

  @Test
  void close_whileTheNetworkIsSilent_doesNotWaitForIt() throws Exception {
    PGSimpleDataSource direct = (PGSimpleDataSource) dataSource();
    SilentServer silent = SilentServer.inFrontOf(direct.getPortNumbers()[0]);
    PGSimpleDataSource through = PostgresServer.dataSource(silent.port());
    through.setCurrentSchema(direct.getCurrentSchema());
    Hints hints = new Hints();
    HintSubscription subscription =
        JdbcDatabase.builder(pool())
            .hintDataSource(through)
            .statementTimeout(Duration.ofHours(1))
            .build()
            .onChange(hints);
    hints.awaitMoreThan(0);
    silent.fallSilent();
    // Long enough for a look that gets no answer.
    hints.awaitSilence(SILENCE);

    subscription.close();

    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().equals("hotupdater-jdbc-hints")));
    silent.close();
    Hints.awaitNoThread();
  }
}
