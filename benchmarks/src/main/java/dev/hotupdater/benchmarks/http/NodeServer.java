package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.catalogue.CheckPath;
import dev.hotupdater.benchmarks.process.ChildProcess;
import dev.hotupdater.benchmarks.process.Tool;
import dev.hotupdater.benchmarks.report.LeftOutException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** The npm server, behind the HTTP server of Node. */
final class NodeServer {
  private static final String SCRIPT = "server.mjs";
  private static final String PACKAGE = "package.json";
  private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(5);

  private final Tool node;
  private final Path folder;

  private NodeServer(Tool node, Path folder) {
    this.node = node;
    this.folder = folder;
  }

  /**
   * Has npm install the server.
   *
   * @throws LeftOutException if Node or npm is missing, or cannot do it
   */
  static NodeServer installIn(Path folder) {
    Tool node = Tool.find("node");
    Tool npm = Tool.find("npm");
    try {
      Files.createDirectories(folder);
      copy(PACKAGE, folder);
      copy(SCRIPT, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder for npm cannot be written", e);
    }
    try {
      npm.run(folder, INSTALL_TIMEOUT, "install", "--no-audit", "--no-fund", "--prefer-offline");
    } catch (IllegalStateException e) {
      throw new LeftOutException("npm cannot install the Node server", e);
    }
    return new NodeServer(node, folder);
  }

  private static void copy(String name, Path folder) throws IOException {
    try (InputStream resource = NodeServer.class.getResourceAsStream("node/" + name)) {
      if (resource == null) {
        throw new IllegalStateException("The jar is not complete: there is no " + name);
      }
      Files.copy(resource, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Starts it on a PostgreSQL database. */
  RunningSide start(String jdbcUrl, Traffic traffic) {
    // The drivers differ in how they are told the user: ours by a parameter, which pg passes over.
    String url = jdbcUrl.replace("jdbc:postgresql://", "postgres://postgres@");
    return RunningSide.await(
        "Node server",
        ChildProcess.start(
            "Node server",
            node.command(
                folder.resolve(SCRIPT).toString(),
                url,
                CheckPath.BASE,
                CheckPath.PUBLIC_URL.toString(),
                LoopbackJetty.READY)),
        traffic);
  }
}
