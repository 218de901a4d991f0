package dev.hotupdater.examples.capacitor;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.brotli.BrotliCompression;
import dev.hotupdater.examples.server.KeptSecret;
import dev.hotupdater.examples.server.Opened;
import dev.hotupdater.examples.server.WebServer;
import dev.hotupdater.jdbc.JdbcDatabase;
import dev.hotupdater.jdbc.JdbcSchema;
import dev.hotupdater.login.TokenLogin;
import dev.hotupdater.login.TokenSecret;
import dev.hotupdater.login.Users;
import dev.hotupdater.protocol.RateLimitedRoutes;
import dev.hotupdater.protocol.capacitor.CapgoRoutes;
import dev.hotupdater.protocol.capacitor.ota.OwnOta;
import dev.hotupdater.protocol.health.HealthRoutes;
import dev.hotupdater.protocol.liveupdates.LiveUpdateRoutes;
import dev.hotupdater.protocol.nativeupdate.NativeUpdateRoutes;
import dev.hotupdater.publishing.web.WebPublishing;
import dev.hotupdater.release.AppId;
import dev.hotupdater.servlet.HotUpdaterServlet;
import dev.hotupdater.signature.SigningKeys;
import dev.hotupdater.storage.FileStorage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The running server: Jetty, the update server in it, and below that SQLite and a directory. */
final class CapacitorServer implements AutoCloseable {
  /** The app that the own OTA server is for; the other protocols serve all apps. */
  static final AppId APP = AppId.of("com.example.app");

  /** Where the pages of apps are from: those of iOS, and those of Android. */
  private static final List<String> APP_ORIGINS =
      List.of("capacitor://localhost", "https://localhost");

  /** What one address may ask at once, and after how long it may ask once more. */
  private static final int BURST = 1_000;

  private static final Duration INTERVAL = Duration.ofMillis(10);

  private static final String HOST = "127.0.0.1";

  /** Four for requests, and one that is kept to notice at once what others write. */
  private static final int CONNECTIONS = 5;

  private final Opened opened;
  private final WebServer web;

  private CapacitorServer(Opened opened, WebServer web) {
    this.opened = opened;
    this.web = web;
  }

  /**
   * Starts the server.
   *
   * @param port the port of the loopback address; 0 for any free one
   * @param data the folder for the database, the files and the secrets
   * @param users those who may upload
   */
  static CapacitorServer start(int port, Path data, Users users) throws Exception {
    Opened opened = new Opened();
    try {
      HikariDataSource dataSource = opened.add(dataSource(data));
      JdbcSchema schema = JdbcSchema.of(dataSource);
      schema.migrate();
      schema.migrateReleases();
      schema.migrateDevices();
      TokenLogin login = TokenLogin.builder(users, secret(data)).build();
      WebPublishing.Builder publishing =
          WebPublishing.builder()
              .compression(BrotliCompression.create())
              .signedBy(SigningKeys.of(KeptSigningKey.in(data)));
      OwnOta ota = OwnOta.forApp(APP).publishing(publishing);
      HotUpdater updater =
          opened.add(
              HotUpdater.builder()
                  .database(JdbcDatabase.create(dataSource))
                  .storage(FileStorage.at(data.resolve("files")))
                  .withoutUpdateChecks()
                  .routes(
                      RateLimitedRoutes.of(
                          ota.publicRoutes(), CapgoRoutes.rateLimit(BURST, INTERVAL)))
                  .routes(ota.signInRoutes(login))
                  .routes(ota.adminRoutes(login.access()))
                  .routes(
                      CapgoRoutes.at("/capgo").rateLimited(CapgoRoutes.rateLimit(BURST, INTERVAL)))
                  .routes(
                      RateLimitedRoutes.of(
                          NativeUpdateRoutes.at("/native-update").allowOrigins(APP_ORIGINS),
                          NativeUpdateRoutes.rateLimit(BURST, INTERVAL)))
                  .routes(
                      LiveUpdateRoutes.at("/api/live-updates")
                          .protectedBy(login.access())
                          .publishing(publishing))
                  .routes(HealthRoutes.create())
                  .build());
      WebServer web = opened.add(WebServer.start());
      web.open(HOST, port, HotUpdaterServlet.create(updater));
      return new CapacitorServer(opened, web);
    } catch (Exception e) {
      opened.close();
      throw e;
    }
  }

  /** What tokens are signed with: kept, so that they are still good after a restart. */
  private static TokenSecret secret(Path data) throws IOException {
    String kept = KeptSecret.in(data, "token-secret").get();
    return TokenSecret.of(kept.getBytes(StandardCharsets.US_ASCII));
  }

  private static HikariDataSource dataSource(Path data) throws IOException {
    Files.createDirectories(data);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:sqlite:" + data.resolve("updates.db") + "?journal_mode=WAL&synchronous=FULL");
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  /** Where the routes are. */
  URI url() {
    return web.url();
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
