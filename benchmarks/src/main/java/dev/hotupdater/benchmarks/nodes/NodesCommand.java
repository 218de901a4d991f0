package dev.hotupdater.benchmarks.nodes;

import dev.hotupdater.benchmarks.catalogue.Catalogue;
import dev.hotupdater.benchmarks.database.DatabaseServer;
import dev.hotupdater.benchmarks.database.Databases;
import dev.hotupdater.benchmarks.report.Distribution;
import dev.hotupdater.benchmarks.report.Goal;
import dev.hotupdater.benchmarks.report.Numbers;
import dev.hotupdater.benchmarks.report.Report;
import dev.hotupdater.benchmarks.report.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how soon nodes see each other's writes. */
@Command(
    name = "nodes",
    mixinStandardHelpOptions = true,
    description = "From a write on one node until another node decides by it.")
public final class NodesCommand implements Callable<Integer> {
  private static final int QUICK_TIMES = 10;
  private static final double P99 = 99;
  private static final Map<Hints, Goal> GOALS =
      Map.of(Hints.OFF, Goal.atMost(1_200, "ms"), Hints.ON, Goal.atMost(50, "ms"));

  @Option(names = "--quick", description = "Few writes: rough figures.")
  private boolean quick;

  @Option(
      names = "--bundles",
      split = ",",
      defaultValue = "100,20000",
      description = "The sizes of the catalogues. Default: ${DEFAULT-VALUE}.")
  private List<Integer> sizes = List.of();

  @Option(
      names = "--writes",
      defaultValue = "200",
      description = "How many writes without --quick. Default: ${DEFAULT-VALUE}.")
  private int writes;

  private NodesCommand() {}

  @Override
  public Integer call() {
    Report report = Report.create();
    Table table =
        Table.of(
            "database", "by", "bundles", "writes", "p50 (ms)", "p99", "max", "goal met by p99");
    for (DatabaseServer.Kind kind : DatabaseServer.Kind.values()) {
      report.attempt(kind.toString(), () -> measure(kind, table));
    }
    report.add("From the end of a write on one node to the first decision by it on another", table);
    report.print(System.out);
    return report.exitCode();
  }

  private void measure(DatabaseServer.Kind kind, Table table) {
    try (DatabaseServer server = kind.start()) {
      for (int bundles : sizes) {
        measure(kind, server, bundles, table);
      }
    }
  }

  private void measure(DatabaseServer.Kind kind, DatabaseServer server, int bundles, Table table) {
    String url = server.createDatabase("bundles" + bundles);
    Databases.fill(url, Catalogue.MATCHING.bundles(bundles));
    for (Hints hints : Hints.values()) {
      Report.progress(kind + " with " + bundles + " bundles, " + hints);
      Distribution millis = measure(url, hints, bundles);
      table.row(
          kind.toString(),
          hints.toString(),
          Numbers.whole(bundles),
          Numbers.whole(millis.size()),
          Numbers.measured(millis.median()),
          Numbers.measured(millis.percentile(P99)),
          Numbers.measured(millis.max()),
          GOALS.getOrDefault(hints, Goal.atMost(0, "ms")).verdict(millis.percentile(P99)));
    }
  }

  private Distribution measure(String url, Hints hints, int bundles) {
    try (Node writer = Node.start(url, hints);
        Node reader = Node.start(url, hints)) {
      return new Visibility(writer, reader, bundles).measure(quick ? QUICK_TIMES : writes);
    }
  }
}
