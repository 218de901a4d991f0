package dev.hotupdater.jdbc;

import static dev.hotupdater.jdbc.ReleaseFixtures.app;
import static dev.hotupdater.jdbc.ReleaseFixtures.commit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.ReleaseWrite;
import org.junit.jupiter.api.Test;

class MariaDbReleaseRowsTest extends JdbcReleaseRowsTests {
  MariaDbReleaseRowsTest() {
    super(TestServer.MARIADB);
  }

  @Test
  void idWithASpaceBehindIt_isNotTakenForAbsent() throws Exception {
    commit(store(), ReleaseWrite.create(app(1)));
    execute("update hot_updater_apps set id = concat(id, ' ')");

    assertThrowsExactly(DatabaseException.class, () -> store().findApp(app(1).id()));
    assertThrowsExactly(
        DatabaseException.class, () -> commit(store(), ReleaseWrite.create(app(1))));

    assertEquals(1, store().snapshot().unreadable());
  }
}
