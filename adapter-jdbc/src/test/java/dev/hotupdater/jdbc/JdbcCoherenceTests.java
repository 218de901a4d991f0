package dev.hotupdater.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.database.Database;
import dev.hotupdater.testkit.CoherenceContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Several servers on one database in tables, each with a pool of its own. */
abstract class JdbcCoherenceTests extends CoherenceContract {
  /** Longer than a writer among many has to wait for its turn, on however slow a machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final TestServer server;
  private final List<HikariDataSource> pools = new ArrayList<>();
  private @Nullable DataSource unpooled;

  JdbcCoherenceTests(TestServer server) {
    this.server = server;
  }

  @Override
  protected Database createDatabase() throws Exception {
    HikariDataSource pool = server.emptied();
    unpooled = pool.getDataSource();
    return database(pool);
  }

  @Override
  protected Database anotherDatabase() {
    if (unpooled == null) {
      throw new IllegalStateException("there is a database during a test only");
    }
    HikariDataSource pool = TestServer.pool(unpooled);
    pool.setConnectionTimeout(PATIENCE.toMillis());
    pools.add(pool);
    return database(pool);
  }

  private static Database database(DataSource dataSource) {
    return JdbcDatabase.builder(dataSource).statementTimeout(PATIENCE).build();
  }

  @Override
  protected void dispose() {
    pools.forEach(HikariDataSource::close);
  }
}
