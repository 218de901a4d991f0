package dev.hotupdater.examples.server;

import jakarta.servlet.http.HttpServlet;
import java.net.URI;
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

/** Jetty. It starts without a port, and takes connections once it has a servlet to answer them. */
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  /**
   * How long a client may be silent in the middle of a request while the server stops. Connections
   * without a request hold up the stop for as long.
   */
  private static final Duration SILENCE_WHILE_STOPPING = Duration.ofSeconds(5);

  private final Server jetty;
  private final ServerConnector connector;
  private final ServletContextHandler context;

  private WebServer() {
    jetty = new Server();
    connector = connector(jetty);
    context = new ServletContextHandler("/");
    jetty.setHandler(new GracefulHandler(context));
    jetty.setErrorHandler(new JsonErrors());
    jetty.setStopTimeout(STOP_TIMEOUT.toMillis());
  }

  /** A server that is ready but for its port. */
  public static WebServer start() throws Exception {
    // Or else Jetty asks the management beans of the JVM for it, which takes as long as its start.
    System.setProperty("org.eclipse.jetty.util.referencesPerCacheLine", "16");
    WebServer server = new WebServer();
    server.jetty.start();
    return server;
  }

  private static ServerConnector connector(Server jetty) {
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
    ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
    connector.setShutdownIdleTimeout(SILENCE_WHILE_STOPPING.toMillis());
    return connector;
  }

  /**
   * Answers everything with this servlet from now on, and takes connections.
   *
   * @param host the address to listen on
   * @param port the port to listen on; 0 for any free one
   */
  public void open(String host, int port, HttpServlet servlet) throws Exception {
    connector.setHost(host);
    connector.setPort(port);
    context.addServlet(new ServletHolder(servlet), "/*");
    jetty.addConnector(connector);
    // A running server leaves the parts that it gets to themselves, unless it is told otherwise.
    jetty.manage(connector);
    connector.start();
  }

  /** The address that clients reach the open server under. */
  public URI url() {
    String host = connector.getHost();
    String name = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
    String authority = name.contains(":") ? "[" + name + "]" : name;
    return URI.create("http://" + authority + ":" + connector.getLocalPort());
  }

  /** Waits until the server is stopped. */
  public void join() throws InterruptedException {
    jetty.join();
  }

  /** Takes no new requests, and lets those that run end. */
  @Override
  public void close() {
    try {
      jetty.stop();
    } catch (Exception e) {
      log.warn("Some requests did not end within {}", STOP_TIMEOUT, e);
    }
  }
}
