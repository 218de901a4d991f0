package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.catalogue.Outcome;
import dev.hotupdater.benchmarks.client.LoadGenerator;
import dev.hotupdater.benchmarks.client.LoadResult;
import dev.hotupdater.benchmarks.client.Schedule;
import dev.hotupdater.benchmarks.report.Distribution;
import dev.hotupdater.benchmarks.report.Goal;
import dev.hotupdater.benchmarks.report.Numbers;
import dev.hotupdater.benchmarks.report.Report;
import dev.hotupdater.benchmarks.report.Table;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;

/** Latency at a fixed rate, against a server that has the answer ready. */
final class LatencyFigure implements HttpFigure {
  private static final Goal GOAL = Goal.atMost(1.3, "");
  private static final double SHARE = 0.7;
  private static final int MOST_REQUESTS = 1_000_000;
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final double MEDIAN = 50;
  private static final double P99 = 99;

  private final Effort effort;
  private final int bundles;

  /** Creates the figure for the greatest of the sizes. */
  LatencyFigure(Effort effort) {
    this.effort = effort;
    bundles = Collections.max(effort.bundles());
  }

  @Override
  public String title() {
    return "Latency at 70 % of the load that the static handler bears, in milliseconds";
  }

  @Override
  public Table table() {
    return Table.of(
        "database",
        "bundles",
        "answer",
        "requests/s",
        "update server: p50",
        "p99",
        "static: p50",
        "p99",
        "missed",
        "ratio of p99: min",
        "median",
        "max",
        "goal met by the median");
  }

  @Override
  public void measure(UpdateServers servers, Table table) {
    for (Outcome outcome : List.of(Outcome.NO_UPDATE, Outcome.UPDATE)) {
      try (RunningSide ours = servers.start(bundles, Traffic.of(bundles, outcome));
          RunningSide copy = RunningSide.copyOf(ours.side())) {
        Report.progress(title() + ": " + servers.kind() + ", " + bundles + ", " + outcome);
        saturate(ours.side(), effort.warmUp());
        saturate(copy.side(), effort.warmUp());
        double rate = SHARE * mostRequestsPerSecond(copy.side());
        Paired<LoadResult> results =
            Paired.measure(effort.rounds(), ours.side(), copy.side(), side -> load(side, rate));
        addRow(table, servers, outcome, rate, results);
      }
    }
  }

  private void addRow(
      Table table,
      UpdateServers servers,
      Outcome outcome,
      double rate,
      Paired<LoadResult> results) {
    Distribution ratio = results.ratio(result -> result.percentile(P99));
    table.row(
        servers.kind().toString(),
        Numbers.whole(bundles),
        outcome.toString(),
        Numbers.measured(rate),
        Numbers.measured(results.medianOfFirst(result -> result.percentile(MEDIAN))),
        Numbers.measured(results.medianOfFirst(result -> result.percentile(P99))),
        Numbers.measured(results.medianOfSecond(result -> result.percentile(MEDIAN))),
        Numbers.measured(results.medianOfSecond(result -> result.percentile(P99))),
        missed(results.first()) + " / " + missed(results.second()),
        Numbers.ratio(ratio.min()),
        Numbers.ratio(ratio.median()),
        Numbers.ratio(ratio.max()),
        GOAL.verdict(ratio.median()));
  }

  private static long missed(List<LoadResult> results) {
    return results.stream().mapToLong(LoadResult::missed).sum();
  }

  private double mostRequestsPerSecond(Side side) {
    return Distribution.of(
            DoubleStream.generate(() -> saturate(side, effort.round()).requestsPerSecond())
                .limit(effort.rounds())
                .toArray())
        .median();
  }

  private LoadResult saturate(Side side, Duration duration) {
    return generator(side).run(Schedule.atOnce(), MOST_REQUESTS, duration);
  }

  private LoadResult load(Side side, double rate) {
    int count = (int) Math.min(MOST_REQUESTS, rate * effort.round().toSeconds());
    return generator(side).run(Schedule.atRate(rate), count, effort.round().plus(GRACE));
  }

  private LoadGenerator generator(Side side) {
    return LoadGenerator.of(side.port(), side.traffic().paths(), effort.connections());
  }
}
