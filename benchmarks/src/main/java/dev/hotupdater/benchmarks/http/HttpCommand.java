package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.database.DatabaseServer;
import dev.hotupdater.benchmarks.process.WorkFolder;
import dev.hotupdater.benchmarks.report.Report;
import dev.hotupdater.benchmarks.report.Table;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the comparisons over HTTP. */
@Command(
    name = "http",
    mixinStandardHelpOptions = true,
    description = "Update checks over HTTP, against a static answer and the Node server.")
public final class HttpCommand implements Callable<Integer> {
  @Option(names = "--quick", description = "Few and short rounds: rough figures.")
  private boolean quick;

  @Option(
      names = "--figures",
      split = ",",
      defaultValue = "static,latency,node,growth",
      description = "What to measure: ${COMPLETION-CANDIDATES}. Default: all of it.")
  private List<Subject> figures = List.of();

  @Option(
      names = "--databases",
      split = ",",
      defaultValue = "postgresql,sqlite",
      description = "On what: ${COMPLETION-CANDIDATES}. Default: both.")
  private List<DatabaseServer.Kind> databases = List.of();

  @Option(
      names = "--bundles",
      split = ",",
      description = "The sizes of the catalogues. Default: 1,100,1000,20000; of --quick: 1,20000.")
  private List<Integer> bundles = List.of();

  @Option(
      names = "--npm-folder",
      defaultValue = "${sys:java.io.tmpdir}/hotupdater-benchmarks-npm",
      description = "Where npm installs the Node server. Default: ${DEFAULT-VALUE}.")
  private Path npmFolder = Path.of("");

  private HttpCommand() {}

  /** What can be measured. */
  enum Subject {
    STATIC,
    LATENCY,
    NODE,
    GROWTH
  }

  @Override
  public Integer call() {
    Report report = Report.create();
    try (WorkFolder work = WorkFolder.create()) {
      Map<HttpFigure, Table> tables = new LinkedHashMap<>();
      for (Subject subject : figures) {
        report.attempt(
            subject.toString(),
            () -> {
              HttpFigure figure = figure(subject, work.path());
              tables.put(figure, figure.table());
            });
      }
      for (DatabaseServer.Kind kind : databases) {
        report.attempt(kind.toString(), () -> measure(kind, tables, report));
      }
      tables.forEach((figure, table) -> report.add(figure.title(), table));
    }
    report.print(System.out);
    return report.exitCode();
  }

  private HttpFigure figure(Subject subject, Path work) {
    Effort effort = effort();
    return switch (subject) {
      case STATIC -> new StaticFigure(throughput(work, effort), effort.bundles());
      case LATENCY -> new LatencyFigure(effort);
      case NODE -> new NodeFigure(throughput(work, effort.withLongerRounds()), npmFolder);
      case GROWTH -> new GrowthFigure(throughput(work, effort));
    };
  }

  private Effort effort() {
    Effort effort = quick ? Effort.quick() : Effort.full();
    return bundles.isEmpty() ? effort : effort.withBundles(bundles);
  }

  private static Throughput throughput(Path work, Effort effort) {
    return new Throughput(effort, new Wrk(work, effort));
  }

  private static void measure(
      DatabaseServer.Kind kind, Map<HttpFigure, Table> tables, Report report) {
    try (UpdateServers servers = UpdateServers.on(kind)) {
      tables.forEach(
          (figure, table) ->
              report.attempt(figure.title() + ", " + kind, () -> figure.measure(servers, table)));
    }
  }
}
