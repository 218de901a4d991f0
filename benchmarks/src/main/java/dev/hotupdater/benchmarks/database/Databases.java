package dev.hotupdater.benchmarks.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.jdbc.JdbcDatabase;
import dev.hotupdater.jdbc.JdbcSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Opening and filling databases. */
public final class Databases {
  private static final int CONNECTIONS = 4;
  private static final int CHUNK = 1_000;

  private Databases() {}

  /** A pool of connections to a database. */
  public static HikariDataSource open(String jdbcUrl) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  /** Makes the tables, puts the bundles in, and has the database look at what it has got. */
  public static void fill(String jdbcUrl, List<Bundle> bundles) {
    try (HikariDataSource dataSource = open(jdbcUrl)) {
      JdbcSchema.of(dataSource).migrate();
      BundleStore store = JdbcDatabase.create(dataSource).bundles(RequestContext.none());
      for (int start = 0; start < bundles.size(); start += CHUNK) {
        List<Bundle> chunk = bundles.subList(start, Math.min(start + CHUNK, bundles.size()));
        store.commit(chunk.stream().map(BundleWrite::put).toList());
      }
      analyze(dataSource);
    }
  }

  private static void analyze(HikariDataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("analyze");
    } catch (SQLException e) {
      throw new IllegalStateException("The database cannot be analysed", e);
    }
  }
}
