package dev.hotupdater.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** An embedded PostgreSQL, with a schema of its own for each test. */
final class PostgresServer extends TestServer {
  private @Nullable EmbeddedPostgres server;

  PostgresServer() {
    super(Dialect.POSTGRESQL);
  }

  @Override
  void start() throws Exception {
    server = launch();
  }

  /** Starts a server that keeps nothing when the power fails, which is faster. */
  static EmbeddedPostgres launch() throws Exception {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "off")
        .setServerConfig("synchronous_commit", "off")
        .start();
  }

  @Override
  DataSource create(String name) throws Exception {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create schema " + name);
    }
    PGSimpleDataSource dataSource = dataSource(server.getPort());
    dataSource.setCurrentSchema(name);
    return dataSource;
  }

  static PGSimpleDataSource dataSource(int port) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setServerNames(new String[] {"127.0.0.1"});
    dataSource.setPortNumbers(new int[] {port});
    dataSource.setDatabaseName("postgres");
    dataSource.setUser("postgres");
    return dataSource;
  }

  int port() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server.getPort();
  }
}
