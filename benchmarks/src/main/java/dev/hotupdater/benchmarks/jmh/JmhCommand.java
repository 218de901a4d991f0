package dev.hotupdater.benchmarks.jmh;

import dev.hotupdater.benchmarks.report.Report;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the microbenchmarks. */
@Command(
    name = "jmh",
    mixinStandardHelpOptions = true,
    description = "The decision, the version ranges and the whole handler, with JMH.")
public final class JmhCommand implements Callable<Integer> {
  @Option(names = "--quick", description = "Few and short iterations: rough figures.")
  private boolean quick;

  @Option(
      names = "--bundles",
      split = ",",
      description =
          "The sizes of the catalogues. Default: 1,100,1000,10000,20000; of --quick:"
              + " 1,10000,20000.")
  private List<String> bundles = List.of();

  @Parameters(
      arity = "0..*",
      description =
          "Regular expressions of the benchmarks to run, such as Decision. Default: all of them.")
  private List<String> benchmarks = List.of();

  private JmhCommand() {}

  @Override
  public Integer call() throws RunnerException {
    Effort effort = quick ? Effort.QUICK : Effort.FULL;
    List<String> sizes = bundles.isEmpty() ? effort.sizes : bundles;
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(effort.options())
            .param("bundles", sizes.toArray(String[]::new))
            .addProfiler(GCProfiler.class)
            .jvmArgs("-Xms1g", "-Xmx1g")
            .shouldFailOnError(true);
    for (String benchmark : benchmarks) {
      options.include(benchmark);
    }
    OutputFormat progress =
        OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL);
    JmhTables tables = JmhTables.of(new Runner(options.build(), progress).run());
    Report report = Report.create();
    report.add("Cost of one call", tables.costs());
    report.add("Cost with many bundles or releases against one", tables.growth());
    report.print(System.out);
    return 0;
  }

  /** How long it is measured. */
  private enum Effort {
    QUICK(1, 3, TimeValue.milliseconds(300), List.of("1", "10000", "20000")),
    FULL(2, 5, TimeValue.seconds(1), List.of("1", "100", "1000", "10000", "20000"));

    private final int forks;
    private final int iterations;
    private final TimeValue iterationTime;
    private final List<String> sizes;

    Effort(int forks, int iterations, TimeValue iterationTime, List<String> sizes) {
      this.forks = forks;
      this.iterations = iterations;
      this.iterationTime = iterationTime;
      this.sizes = sizes;
    }

    Options options() {
      return new OptionsBuilder()
          .forks(forks)
          .warmupIterations(iterations)
          .warmupTime(iterationTime)
          .measurementIterations(iterations)
          .measurementTime(iterationTime)
          .build();
    }
  }
}
