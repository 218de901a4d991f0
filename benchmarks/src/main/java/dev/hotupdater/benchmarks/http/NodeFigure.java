package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.catalogue.Outcome;
import dev.hotupdater.benchmarks.database.DatabaseServer;
import dev.hotupdater.benchmarks.report.Goal;
import dev.hotupdater.benchmarks.report.Numbers;
import dev.hotupdater.benchmarks.report.Table;
import java.nio.file.Path;
import java.util.List;

/** Throughput against the Node server on the same PostgreSQL database. */
final class NodeFigure implements HttpFigure {
  private static final int BUNDLES = 1_000;
  private static final Goal GOAL = Goal.atLeast(20, "");

  private final Throughput throughput;
  private final Path npmFolder;

  /**
   * Creates the figure.
   *
   * @param npmFolder where the Node server is installed
   */
  NodeFigure(Throughput throughput, Path npmFolder) {
    this.throughput = throughput;
    this.npmFolder = npmFolder;
  }

  @Override
  public String title() {
    return "Throughput against the Node server";
  }

  @Override
  public Table table() {
    return Throughput.table("bundles", "update server", "Node server", "ratio");
  }

  @Override
  public void measure(UpdateServers servers, Table table) {
    if (servers.kind() != DatabaseServer.Kind.POSTGRESQL) {
      return;
    }
    NodeServer node = NodeServer.installIn(npmFolder);
    for (Outcome outcome : List.of(Outcome.NO_UPDATE, Outcome.UPDATE)) {
      Traffic traffic = Traffic.of(BUNDLES, outcome);
      try (RunningSide ours = servers.start(BUNDLES, traffic);
          RunningSide theirs = node.start(servers.database(BUNDLES), traffic)) {
        ours.side().answers();
        theirs.side().answers();
        throughput.compare(
            ours.side(),
            theirs.side(),
            GOAL,
            table,
            servers.kind().toString(),
            Numbers.whole(BUNDLES),
            outcome.toString());
      }
    }
  }
}
