package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.catalogue.Outcome;
import dev.hotupdater.benchmarks.report.Goal;
import dev.hotupdater.benchmarks.report.Numbers;
import dev.hotupdater.benchmarks.report.Table;
import java.util.List;

/** What a check costs with many bundles, against one. */
final class GrowthFigure implements HttpFigure {
  private static final int MANY = 20_000;
  private static final Goal GOAL = Goal.atMost(1.2, "");

  private final Throughput throughput;

  GrowthFigure(Throughput throughput) {
    this.throughput = throughput;
  }

  @Override
  public String title() {
    return "Cost of a check at " + Numbers.whole(MANY) + " bundles against 1";
  }

  @Override
  public Table table() {
    return Throughput.table("bundles", "with 1", "with many", "cost");
  }

  @Override
  public void measure(UpdateServers servers, Table table) {
    for (Outcome outcome : List.of(Outcome.NO_UPDATE, Outcome.UPDATE)) {
      try (RunningSide one = servers.start(1, Traffic.of(1, outcome));
          RunningSide many = servers.start(MANY, Traffic.of(MANY, outcome))) {
        many.side().answers();
        one.side().answers();
        // Requests per second of the one, divided by those of the many, are the cost of the many.
        throughput.compare(
            one.side(),
            many.side(),
            GOAL,
            table,
            servers.kind().toString(),
            Numbers.whole(MANY),
            outcome.toString());
      }
    }
  }
}
