package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.catalogue.Catalogue;
import dev.hotupdater.benchmarks.database.DatabaseServer;
import dev.hotupdater.benchmarks.database.Databases;
import dev.hotupdater.benchmarks.process.WorkFolder;
import dev.hotupdater.benchmarks.report.Numbers;
import dev.hotupdater.benchmarks.report.Report;
import java.util.HashMap;
import java.util.Map;

/** Our servers, on databases of one kind. Not thread-safe. */
final class UpdateServers implements AutoCloseable {
  private final DatabaseServer.Kind kind;
  private final DatabaseServer server;
  private final WorkFolder files = WorkFolder.create();
  private final Map<Integer, String> urls = new HashMap<>();

  private UpdateServers(DatabaseServer.Kind kind, DatabaseServer server) {
    this.kind = kind;
    this.server = server;
  }

  /**
   * Starts the databases.
   *
   * @throws dev.hotupdater.benchmarks.report.LeftOutException if they cannot be started
   */
  static UpdateServers on(DatabaseServer.Kind kind) {
    return new UpdateServers(kind, kind.start());
  }

  DatabaseServer.Kind kind() {
    return kind;
  }

  /** The JDBC URL of a database with a matching catalogue of this size. */
  String database(int bundles) {
    return urls.computeIfAbsent(bundles, this::create);
  }

  private String create(int bundles) {
    Report.progress("filling " + kind + " with a catalogue of " + bundles);
    String url = server.createDatabase("bundles" + bundles);
    Databases.fill(url, Catalogue.MATCHING.bundles(bundles));
    return url;
  }

  /** Starts a server with a matching catalogue of this size. */
  RunningSide start(int bundles, Traffic traffic) {
    return RunningSide.java(
        "update server with a catalogue of " + Numbers.whole(bundles),
        UpdateServerCommand.line(database(bundles), files.path()),
        traffic);
  }

  @Override
  public void close() {
    server.close();
    files.close();
  }
}
