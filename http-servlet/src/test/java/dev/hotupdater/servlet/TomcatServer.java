package dev.hotupdater.servlet;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Tomcat, set up as the README says. */
record TomcatServer(Tomcat tomcat, Path directory, URI base) implements ServletServer {
  private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

  static TomcatServer start(String contextPath, String mapping, Servlet servlet)
      throws IOException, LifecycleException {
    // It tells of every start and stop.
    TOMCAT_LOG.setLevel(Level.SEVERE);
    Path directory = Files.createTempDirectory("tomcat");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setEncodedSolidusHandling("passthrough");
    connector.setEncodedReverseSolidusHandling("passthrough");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext(contextPath, null);
    Tomcat.addServlet(context, "hot-updater", servlet).addMapping(mapping);
    tomcat.start();
    return new TomcatServer(
        tomcat,
        directory,
        URI.create("http://127.0.0.1:" + connector.getLocalPort() + contextPath));
  }

  @Override
  public void close() throws IOException, LifecycleException {
    tomcat.stop();
    tomcat.destroy();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
