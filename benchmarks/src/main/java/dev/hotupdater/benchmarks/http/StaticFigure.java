package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.catalogue.Outcome;
import dev.hotupdater.benchmarks.report.Goal;
import dev.hotupdater.benchmarks.report.Numbers;
import dev.hotupdater.benchmarks.report.Table;
import java.util.List;
import java.util.Map;

/** Throughput against a server that has the answer ready. */
final class StaticFigure implements HttpFigure {
  private static final Map<Outcome, Goal> GOALS =
      Map.of(Outcome.NO_UPDATE, Goal.atLeast(0.9, ""), Outcome.UPDATE, Goal.atLeast(0.85, ""));

  private final Throughput throughput;
  private final List<Integer> sizes;

  StaticFigure(Throughput throughput, List<Integer> sizes) {
    this.throughput = throughput;
    this.sizes = sizes;
  }

  @Override
  public String title() {
    return "Throughput against the static handler";
  }

  @Override
  public Table table() {
    return Throughput.table("bundles", "update server", "static", "ratio");
  }

  @Override
  public void measure(UpdateServers servers, Table table) {
    for (int bundles : sizes) {
      for (Outcome outcome : List.of(Outcome.NO_UPDATE, Outcome.UPDATE)) {
        try (RunningSide ours = servers.start(bundles, Traffic.of(bundles, outcome));
            RunningSide copy = RunningSide.copyOf(ours.side())) {
          throughput.compare(
              ours.side(),
              copy.side(),
              GOALS.getOrDefault(outcome, Goal.atLeast(1, "")),
              table,
              servers.kind().toString(),
              Numbers.whole(bundles),
              outcome.toString());
        }
      }
    }
  }
}
