package dev.hotupdater.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that can be killed. */
final class MortalPostgres extends MortalServer {
  private final Path data;
  private int port;
  private @Nullable EmbeddedPostgres server;

  MortalPostgres(Path directory) {
    data = directory.resolve("postgres");
  }

  @Override
  void start() throws Exception {
    close();
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPGStartupWait(Duration.ofMinutes(1))
            // Every commit reaches the operating system, but need not reach the disk.
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("fsync", "off");
    if (port != 0) {
      builder.setPort(port);
    }
    EmbeddedPostgres started = builder.start();
    server = started;
    port = started.getPort();
  }

  @Override
  Path processFile() {
    return data.resolve("postmaster.pid");
  }

  @Override
  DataSource dataSource() {
    return PostgresServer.dataSource(port);
  }

  /** Also lets go of the lock on the data of a server that has been killed. */
  @Override
  public void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }
}
