package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.report.Distribution;
import dev.hotupdater.benchmarks.report.Goal;
import dev.hotupdater.benchmarks.report.Numbers;
import dev.hotupdater.benchmarks.report.Report;
import dev.hotupdater.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Compares how many requests two sides answer in a second. */
final class Throughput {
  private static final ToDoubleFunction<Double> VALUE = Double::doubleValue;

  private final Effort effort;
  private final Wrk wrk;

  Throughput(Effort effort, Wrk wrk) {
    this.effort = effort;
    this.wrk = wrk;
  }

  /** A table of comparisons. */
  static Table table(String subject, String first, String second, String ratio) {
    return Table.of(
        "database",
        subject,
        "answer",
        first + " (requests/s)",
        second + " (requests/s)",
        ratio + ": min",
        "median",
        "max",
        "goal met by the median");
  }

  /** Compares two sides, and adds the row. */
  void compare(Side first, Side second, Goal goal, Table table, String... subject) {
    Report.progress(String.join(", ", subject) + ": " + first.name() + " and " + second.name());
    Paired.measure(1, first, second, side -> wrk.requestsPerSecond(side, effort.warmUp()));
    Paired<Double> rates =
        Paired.measure(
            effort.rounds(), first, second, side -> wrk.requestsPerSecond(side, effort.round()));
    Distribution ratio = rates.ratio(VALUE);
    List<String> row = new ArrayList<>(List.of(subject));
    row.add(Numbers.measured(rates.medianOfFirst(VALUE)));
    row.add(Numbers.measured(rates.medianOfSecond(VALUE)));
    row.add(Numbers.ratio(ratio.min()));
    row.add(Numbers.ratio(ratio.median()));
    row.add(Numbers.ratio(ratio.max()));
    row.add(goal.verdict(ratio.median()));
    table.row(row.toArray(String[]::new));
  }
}
