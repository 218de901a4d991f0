package dev.hotupdater.benchmarks.http;

import jakarta.servlet.Servlet;
import java.io.OutputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The Jetty of all our servers: whatever is measured, the connector and its threads are these. */
final class LoopbackJetty {
  /** What a server prints when it is ready, before its port. */
  static final String READY = "listening on port ";

  private LoopbackJetty() {}

  /** Serves until the standard input ends, which it does with the process that started this one. */
  static void serve(Servlet servlet) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(servlet), "/*");
    server.setHandler(context);
    server.start();
    System.out.println(READY + connector.getLocalPort());
    try {
      // Nobody writes to it; this returns at its end.
      System.in.transferTo(OutputStream.nullOutputStream());
    } finally {
      server.stop();
    }
  }
}
