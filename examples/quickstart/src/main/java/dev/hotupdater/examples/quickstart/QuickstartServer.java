package dev.hotupdater.examples.quickstart;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.examples.server.Background;
import dev.hotupdater.examples.server.WebServer;
import dev.hotupdater.http.Access;
import dev.hotupdater.jdbc.JdbcDatabase;
import dev.hotupdater.jdbc.JdbcSchema;
import dev.hotupdater.protocol.health.HealthRoutes;
import dev.hotupdater.protocol.hotupdater.BundleRoutes;
import dev.hotupdater.protocol.standalone.StandaloneStorageRoutes;
import dev.hotupdater.servlet.HotUpdaterServlet;
import dev.hotupdater.storage.FileStorage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The running server: Jetty, the update server in it, and the database below that. */
final class QuickstartServer implements AutoCloseable {
  private static final String BASE_PATH = "/hot-updater";

  /** Four for requests, and one that is kept to notice at once what others write. */
  private static final int CONNECTIONS = 5;

  private final HikariDataSource dataSource;
  private final HotUpdater updater;
  private final WebServer web;

  private QuickstartServer(HikariDataSource dataSource, HotUpdater updater, WebServer web) {
    this.dataSource = dataSource;
    this.updater = updater;
    this.web = web;
  }

  /** Opens the database, and then the port of a web server that is about to be ready. */
  static QuickstartServer start(
      Background<WebServer> web, String host, int port, Path data, String token) throws Exception {
    HikariDataSource dataSource = dataSource(data);
    try {
      JdbcSchema.of(dataSource).migrate();
      HotUpdater updater =
          HotUpdater.builder()
              .database(JdbcDatabase.create(dataSource))
              .storage(FileStorage.at(data.resolve("files")))
              .basePath(BASE_PATH)
              .routes(BundleRoutes.protectedBy(Access.bearerToken(token)))
              .routes(StandaloneStorageRoutes.protectedBy(Access.bearerToken(token)))
              .routes(HealthRoutes.create())
              .build();
      return open(dataSource, updater, web.get(), host, port);
    } catch (Exception e) {
      dataSource.close();
      throw e;
    }
  }

  private static QuickstartServer open(
      HikariDataSource dataSource, HotUpdater updater, WebServer web, String host, int port)
      throws Exception {
    try {
      web.open(host, port, HotUpdaterServlet.create(updater));
      return new QuickstartServer(dataSource, updater, web);
    } catch (Exception e) {
      updater.close();
      throw e;
    }
  }

  private static HikariDataSource dataSource(Path data) throws IOException {
    Files.createDirectories(data);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:sqlite:" + data.resolve("hot-updater.db") + "?journal_mode=WAL&synchronous=FULL");
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  /** Where the routes are. */
  URI url() {
    return URI.create(web.url() + BASE_PATH);
  }

  void join() throws InterruptedException {
    web.join();
  }

  /** Takes no new requests, lets those that run end, and closes everything. */
  @Override
  public void close() {
    web.close();
    updater.close();
    dataSource.close();
  }
}
