package dev.hotupdater.benchmarks.startup;

import dev.hotupdater.benchmarks.catalogue.Catalogue;
import dev.hotupdater.benchmarks.catalogue.CheckPath;
import dev.hotupdater.benchmarks.catalogue.CheckSample;
import dev.hotupdater.benchmarks.client.LoadGenerator;
import dev.hotupdater.benchmarks.client.LoadResult;
import dev.hotupdater.benchmarks.client.Schedule;
import dev.hotupdater.benchmarks.database.Databases;
import dev.hotupdater.benchmarks.database.SqliteFiles;
import dev.hotupdater.benchmarks.process.Pause;
import dev.hotupdater.benchmarks.process.WorkFolder;
import dev.hotupdater.benchmarks.report.Distribution;
import dev.hotupdater.benchmarks.report.Goal;
import dev.hotupdater.benchmarks.report.Numbers;
import dev.hotupdater.benchmarks.report.Report;
import dev.hotupdater.benchmarks.report.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the quickstart from its start. */
@Command(
    name = "startup",
    mixinStandardHelpOptions = true,
    description = "The quickstart: time to its first answer, and resident memory.")
public final class StartupCommand implements Callable<Integer> {
  private static final int MANY_BUNDLES = 20_000;
  private static final Goal FIRST_ANSWER = Goal.atMost(1, "s");
  private static final Goal MEMORY = Goal.atMost(200, "MB");
  private static final String NO_UPDATE = "\"UP_TO_DATE\"";
  private static final double MILLIS_PER_SECOND = 1_000;
  private static final Duration LOAD_LIMIT = Duration.ofMinutes(5);
  private static final int CONNECTIONS = 16;

  @Option(names = "--quick", description = "Fewer starts, a shorter run: rough figures.")
  private boolean quick;

  @Option(
      names = "--jar",
      defaultValue = "examples/quickstart/target/quickstart.jar",
      description = "The quickstart. Default: ${DEFAULT-VALUE}.")
  private Path jar = Path.of("");

  private StartupCommand() {}

  @Override
  public Integer call() {
    if (!Files.isRegularFile(jar)) {
      System.err.println(
          "There is no " + jar + ". Run this from the root of the repository, after building it.");
      return 1;
    }
    Report report = Report.create();
    try (WorkFolder work = WorkFolder.create()) {
      Path filled = work.folder("filled");
      Report.progress("filling a quickstart with " + MANY_BUNDLES + " bundles");
      Databases.fill(
          SqliteFiles.url(filled.resolve("hot-updater.db")),
          Catalogue.MATCHING.bundles(MANY_BUNDLES));
      report.add("From the start of the process to the first answer", starts(work, filled));
      report.add("Resident memory with -Xmx128m", memory(filled));
    }
    report.print(System.out);
    return 0;
  }

  private Table starts(WorkFolder work, Path filled) {
    Table table =
        Table.of("data folder", "starts", "min (s)", "median", "max", "goal met by the median");
    addStarts(table, "new, made at the start", () -> work.folder("new"), NO_UPDATE);
    addStarts(
        table, "with " + Numbers.whole(MANY_BUNDLES) + " bundles", () -> filled, newestBundle());
    return table;
  }

  private void addStarts(Table table, String title, Supplier<Path> data, String expected) {
    Report.progress("starting the quickstart: " + title);
    int starts = quick ? 3 : 11;
    Distribution seconds =
        Distribution.of(
            IntStream.range(0, starts)
                .mapToDouble(i -> secondsToFirstAnswer(data.get(), expected))
                .toArray());
    table.row(
        title,
        Numbers.whole(starts),
        Numbers.ratio(seconds.min()),
        Numbers.ratio(seconds.median()),
        Numbers.ratio(seconds.max()),
        FIRST_ANSWER.verdict(seconds.median()));
  }

  private double secondsToFirstAnswer(Path data, String expected) {
    try (Quickstart quickstart = Quickstart.start(jar, data, expected)) {
      return quickstart.firstAnswer().toMillis() / MILLIS_PER_SECOND;
    }
  }

  private Table memory(Path filled) {
    int checks = quick ? 20_000 : 100_000;
    Duration rest = Duration.ofSeconds(quick ? 5 : 30);
    Table table = Table.of("bundles", "after", "VmRSS (MB)", "peak", "goal met by VmRSS");
    try (Quickstart quickstart = Quickstart.start(jar, filled, newestBundle())) {
      addMemory(table, "the first answer", quickstart);
      Report.progress("asking the quickstart " + checks + " times");
      LoadResult load =
          LoadGenerator.of(quickstart.port(), paths(), CONNECTIONS)
              .run(Schedule.atOnce(), checks, LOAD_LIMIT);
      Pause.of(rest);
      addMemory(
          table,
          Numbers.whole(load.answered()) + " checks and " + rest.toSeconds() + " s",
          quickstart);
    }
    return table;
  }

  private static void addMemory(Table table, String after, Quickstart quickstart) {
    ResidentMemory memory = ResidentMemory.of(quickstart.process().pid());
    table.row(
        Numbers.whole(MANY_BUNDLES),
        after,
        Numbers.measured(memory.now()),
        memory.peak().isPresent() ? Numbers.measured(memory.peak().getAsDouble()) : "",
        MEMORY.verdict(memory.now()));
  }

  private static List<String> paths() {
    return CheckSample.of(Catalogue.MATCHING, MANY_BUNDLES).stream().map(CheckPath::of).toList();
  }

  private static String newestBundle() {
    return "\"id\":\"" + Catalogue.MATCHING.newest(MANY_BUNDLES) + '"';
  }
}
