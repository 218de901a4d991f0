package dev.hotupdater.servlet;

import jakarta.servlet.Servlet;
import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty, set up as the README says. */
record JettyServer(Server server, URI base) implements ServletServer {
  private static final UriCompliance ANY_CHARACTER =
      UriCompliance.DEFAULT.with(
          "HotUpdater",
          Violation.AMBIGUOUS_PATH_SEPARATOR,
          Violation.AMBIGUOUS_PATH_ENCODING,
          Violation.AMBIGUOUS_EMPTY_SEGMENT,
          Violation.SUSPICIOUS_PATH_CHARACTERS);

  static JettyServer start(String contextPath, String mapping, Servlet servlet) throws Exception {
    return start(contextPath, mapping, servlet, new QueuedThreadPool());
  }

  static JettyServer start(
      String contextPath, String mapping, Servlet servlet, QueuedThreadPool threads)
      throws Exception {
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(ANY_CHARACTER);
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler(contextPath);
    context.addServlet(new ServletHolder(servlet), mapping);
    server.setHandler(context);
    server.start();
    return new JettyServer(
        server, URI.create("http://127.0.0.1:" + connector.getLocalPort() + contextPath));
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
