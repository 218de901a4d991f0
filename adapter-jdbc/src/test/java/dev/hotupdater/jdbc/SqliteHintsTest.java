package dev.hotupdater.jdbc;

import dev.hotupdater.database.Database;
import dev.hotupdater.database.HintSubscription;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteHintsTest extends JdbcHintsTests {
  SqliteHintsTest() {
    super(TestServer.SQLITE);
  }

  @Override
  DataSource otherServer() {
    return dataSource();
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void commit_withAnyJournal_givesAHint(String journal) throws Exception {
    Fixtures.execute(dataSource(), "pragma journal_mode = " + journal);
    Database database = JdbcDatabase.create(pool());
    Hints hints = new Hints();
    try (HintSubscription subscription = database.onChange(hints)) {
      hints.awaitMoreThan(0);
      for (int number = 1; number <= 3; number++) {
        int before = hints.awaitSilence(SILENCE);
        put(database, number);
        hints.awaitMoreThan(before);
      }
    }
  }

  @Test
  void writerThatKeepsTheFileToItself_isWaitedForWithoutLosingTheConnection() throws Exception {
    Hints hints = new Hints();
    try (HintSubscription subscription = JdbcDatabase.create(pool()).onChange(hints)) {
      hints.awaitMoreThan(0);
      try (Connection other = dataSource().getConnection();
          Statement statement = other.createStatement()) {
        statement.execute("begin exclusive");
        int before = hints.awaitSilence(SILENCE);

        statement.execute("delete from bundles");
        statement.execute("insert into private_hot_updater_settings values ('x', 'y')");
        statement.execute("commit");

        hints.awaitMoreThan(before);
      }
    }
  }
}
