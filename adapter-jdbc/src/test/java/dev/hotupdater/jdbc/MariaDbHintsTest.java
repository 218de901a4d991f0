package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.HintSubscription;
import org.junit.jupiter.api.Test;

/** MariaDB and MySQL have nothing cheap that hints could come from. */
class MariaDbHintsTest {
  @Test
  void onChange_keepsNoThreadAndNoConnection() throws Exception {
    try (HikariDataSource pool = TestServer.MARIADB.pooled()) {
      JdbcSchema.of(pool).migrate();
      Database database = JdbcDatabase.create(pool);
      Hints hints = new Hints();
      try (HintSubscription first = database.onChange(hints);
          HintSubscription second = database.onChange(hints)) {
        Hints.awaitNoThread();
        assertEquals(0, pool.getHikariPoolMXBean().getActiveConnections());
        JdbcHintsTests.put(database, 1);
        assertEquals(0, hints.count());
      }
    }
  }
}
