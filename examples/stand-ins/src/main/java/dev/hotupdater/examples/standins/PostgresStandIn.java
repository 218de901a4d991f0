package dev.hotupdater.examples.standins;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/** A real PostgreSQL in a temporary folder, which is deleted with it. */
public final class PostgresStandIn implements AutoCloseable {
  private final EmbeddedPostgres server;

  private PostgresStandIn(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts it on a free port of the loopback address. */
  public static PostgresStandIn start() throws IOException {
    return new PostgresStandIn(EmbeddedPostgres.start());
  }

  /** The JDBC URL, which holds the user as well. */
  public String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
