package dev.hotupdater.benchmarks.jmh;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.benchmarks.catalogue.CheckSample;
import dev.hotupdater.benchmarks.catalogue.MemoryServer;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Which bundle a device gets. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecisionBenchmark {
  /** Measures one decision. */
  @Benchmark
  public UpdateDecision decide(Server server, Turn turn) {
    return server.updater.bundles().decide(server.checks[turn.next()]);
  }

  /** A server, and devices with any answer. */
  public static class Server extends CatalogueState {
    private HotUpdater updater;
    private UpdateCheck[] checks;

    /** Fills the server. */
    @Setup
    public void start() {
      updater = MemoryServer.with(catalogue.bundles(bundles)).build();
      checks = CheckSample.of(catalogue, bundles).toArray(UpdateCheck[]::new);
    }

    /** Stops the server. */
    @TearDown
    public void stop() {
      updater.close();
    }
  }
}
