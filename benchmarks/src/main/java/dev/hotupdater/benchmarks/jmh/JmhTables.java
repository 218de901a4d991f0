package dev.hotupdater.benchmarks.jmh;

import dev.hotupdater.benchmarks.report.Goal;
import dev.hotupdater.benchmarks.report.Numbers;
import dev.hotupdater.benchmarks.report.Table;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;

/** The results of JMH, with the goals of this project. */
final class JmhTables {
  private static final int DECISION_GOAL_BUNDLES = 10_000;
  private static final Goal DECISION_TIME = Goal.atMost(200, "ns");
  private static final Goal DECISION_BYTES = Goal.atMost(100, "B");
  private static final int MANY_BUNDLES = 20_000;
  private static final int MANY_RELEASES = 1_000;
  private static final Goal GROWTH = Goal.atMost(1.2, "");

  private final List<JmhFigure> figures;

  private JmhTables(List<JmhFigure> figures) {
    this.figures = figures;
  }

  static JmhTables of(Collection<RunResult> results) {
    return new JmhTables(results.stream().map(JmhFigure::of).sorted().toList());
  }

  /** One row for each benchmark and size. */
  Table costs() {
    Table table =
        Table.of("benchmark", "bundles or releases", "ns", "± (99.9 %)", "bytes", "goal met");
    for (JmhFigure figure : figures) {
      table.row(
          figure.subject(),
          Numbers.whole(figure.size()),
          Numbers.measured(figure.nanos()),
          Numbers.measured(figure.error()),
          Numbers.measured(figure.bytes()),
          hasGoal(figure)
              ? DECISION_TIME.verdict(figure.nanos())
                  + ", "
                  + DECISION_BYTES.verdict(figure.bytes())
              : "");
    }
    return table;
  }

  private static boolean hasGoal(JmhFigure figure) {
    return figure.isOf(DecisionBenchmark.class) && figure.size() == DECISION_GOAL_BUNDLES;
  }

  /** The time of a call with many bundles or releases, divided by that with one. */
  Table growth() {
    Table table = Table.of("benchmark", "many", "against 1", "goal met");
    for (JmhFigure one : figures) {
      if (one.size() == 1 && !one.isOf(RangeBenchmark.class)) {
        manyOf(one)
            .ifPresent(
                many -> {
                  double growth = many.nanos() / one.nanos();
                  table.row(
                      one.subject(),
                      Numbers.whole(many.size()),
                      Numbers.ratio(growth),
                      GROWTH.verdict(growth));
                });
      }
    }
    return table;
  }

  private static int many(JmhFigure one) {
    return one.isOf(ReleaseBenchmark.class) ? MANY_RELEASES : MANY_BUNDLES;
  }

  private Optional<JmhFigure> manyOf(JmhFigure one) {
    return figures.stream()
        .filter(figure -> figure.subject().equals(one.subject()))
        .filter(figure -> figure.size() == many(one))
        .findFirst();
  }
}
