package dev.hotupdater.examples.tauri;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.examples.server.Opened;
import dev.hotupdater.examples.server.WebServer;
import dev.hotupdater.http.Access;
import dev.hotupdater.jdbc.JdbcDatabase;
import dev.hotupdater.jdbc.JdbcSchema;
import dev.hotupdater.protocol.health.HealthRoutes;
import dev.hotupdater.protocol.synckit.SyncKitRoutes;
import dev.hotupdater.protocol.tauri.TauriUpdateRoutes;
import dev.hotupdater.servlet.HotUpdaterServlet;
import dev.hotupdater.storage.FileStorage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The running server: Jetty, the update server in it, and below that SQLite and a directory. */
final class TauriServer implements AutoCloseable {
  private static final String PATH = "/api/sync/ota";
  private static final String HOST = "127.0.0.1";

  /** Four for requests, and one that is kept to notice at once what others write. */
  private static final int CONNECTIONS = 5;

  private final Opened opened;
  private final WebServer web;

  private TauriServer(Opened opened, WebServer web) {
    this.opened = opened;
    this.web = web;
  }

  /**
   * Starts the server.
   *
   * @param port the port of the loopback address; 0 for any free one
   * @param data the folder for the database and the files
   * @param token what publishing needs
   */
  static TauriServer start(int port, Path data, String token) throws Exception {
    Opened opened = new Opened();
    try {
      HikariDataSource dataSource = opened.add(dataSource(data));
      JdbcSchema schema = JdbcSchema.of(dataSource);
      schema.migrate();
      schema.migrateReleases();
      HotUpdater updater =
          opened.add(
              HotUpdater.builder()
                  .database(JdbcDatabase.create(dataSource))
                  .storage(FileStorage.at(data.resolve("files")))
                  .withoutUpdateChecks()
                  // Those who publish, and then those who ask for updates, at the same path.
                  .routes(SyncKitRoutes.at(PATH).protectedBy(Access.bearerToken(token)))
                  .routes(TauriUpdateRoutes.at(PATH))
                  .routes(HealthRoutes.create())
                  .build());
      WebServer web = opened.add(WebServer.start());
      web.open(HOST, port, HotUpdaterServlet.create(updater));
      return new TauriServer(opened, web);
    } catch (Exception e) {
      opened.close();
      throw e;
    }
  }

  private static HikariDataSource dataSource(Path data) throws IOException {
    Files.createDirectories(data);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:sqlite:" + data.resolve("releases.db") + "?journal_mode=WAL&synchronous=FULL");
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  /** Where the routes are. */
  URI url() {
    return URI.create(web.url() + PATH);
  }

  void join() throws InterruptedException {
    web.join();
  }

  /** Takes no new requests, lets those that run end, and closes everything. */
  @Override
  public void close() {
    opened.close();
  }
}
