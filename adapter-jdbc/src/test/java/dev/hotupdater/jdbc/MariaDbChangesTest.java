package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class MariaDbChangesTest extends JdbcChangesTests {
  MariaDbChangesTest() {
    super(TestServer.MARIADB);
  }

  @Test
  void fingerprint_withARowThatIsTooLongToHash_isUnknown() throws Exception {
    DataSource dataSource = TestServer.MARIADB.unpooled();
    JdbcSchema.of(dataSource).migrate();
    try (HikariDataSource before = TestServer.pool(dataSource)) {
      BundleStore store = JdbcDatabase.create(before).bundles(RequestContext.none());
      store.commit(
          List.of(
              BundleWrite.put(
                  bundle(1).toBuilder().message(Optional.of("x".repeat(10_000))).build())));
      assertTrue(store.fingerprint().isPresent());

      Fixtures.execute(before, "set global max_allowed_packet = 4096");
      try (HikariDataSource after = TestServer.pool(dataSource)) {
        assertEquals(
            Optional.empty(),
            JdbcDatabase.create(after).bundles(RequestContext.none()).fingerprint());
      } finally {
        Fixtures.execute(before, "set global max_allowed_packet = 16777216");
      }
    }
  }
}
