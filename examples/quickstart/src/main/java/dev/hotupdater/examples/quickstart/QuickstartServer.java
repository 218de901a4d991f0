package dev.hotupdater.examples.quickstart;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.HotUpdater;
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
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server: Jetty, the update server in it, and the database below that. */
final class QuickstartServer implements AutoCloseable {
  static final String BASE_PATH = "/hot-updater";

  private static final Logger log = LoggerFactory.getLogger(QuickstartServer.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  /**
   * How long a client may be silent in the middle of a request while the server stops. Connections
   * without a request hold up the stop for as long.
   */
  private static final Duration SILENCE_WHILE_STOPPING = Duration.ofSeconds(5);

  /** Four for requests, and one that is kept to notice at once what others write. */
  private static final int CONNECTIONS = 5;

  private final HikariDataSource dataSource;
  private final HotUpdater updater;
  private final Server jetty;
  private final URI url;

  private QuickstartServer(HikariDataSource dataSource, HotUpdater updater, Server jetty, URI url) {
    this.dataSource = dataSource;
    this.updater = updater;
    this.jetty = jetty;
    this.url = url;
  }

  static QuickstartServer start(String host, int port, Path data, String token) throws Exception {
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
      return start(host, port, dataSource, updater);
    } catch (Exception e) {
      dataSource.close();
      throw e;
    }
  }

  private static QuickstartServer start(
      String host, int port, HikariDataSource dataSource, HotUpdater updater) throws Exception {
    Server jetty = jetty(host, port, updater);
    try {
      jetty.start();
      return new QuickstartServer(dataSource, updater, jetty, url(host, jetty));
    } catch (Exception e) {
      jetty.stop();
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

  private static Server jetty(String host, int port, HotUpdater updater) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // A channel may hold any character, so encoded slashes and dots in a path are nothing
    // suspicious here.
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "HotUpdater",
            Violation.AMBIGUOUS_PATH_SEGMENT,
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.AMBIGUOUS_EMPTY_SEGMENT,
            Violation.SUSPICIOUS_PATH_CHARACTERS));
    Server jetty = new Server();
    ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setShutdownIdleTimeout(SILENCE_WHILE_STOPPING.toMillis());
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(HotUpdaterServlet.create(updater)), "/*");
    jetty.setHandler(new GracefulHandler(context));
    jetty.setErrorHandler(new JsonErrors());
    jetty.setStopTimeout(STOP_TIMEOUT.toMillis());
    return jetty;
  }

  private static URI url(String host, Server jetty) {
    int port = ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
    String name = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
    String authority = name.contains(":") ? "[" + name + "]" : name;
    return URI.create("http://" + authority + ":" + port + BASE_PATH);
  }

  /** Where the routes are. */
  URI url() {
    return url;
  }

  void join() throws InterruptedException {
    jetty.join();
  }

  /** Takes no new requests, lets those that run end, and closes everything. */
  @Override
  public void close() {
    try {
      jetty.stop();
    } catch (Exception e) {
      log.warn("Some requests did not end within {}", STOP_TIMEOUT, e);
    }
    updater.close();
    dataSource.close();
  }
}
