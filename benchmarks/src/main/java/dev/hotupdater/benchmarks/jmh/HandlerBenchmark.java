package dev.hotupdater.benchmarks.jmh;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.benchmarks.catalogue.CheckPath;
import dev.hotupdater.benchmarks.catalogue.CheckSample;
import dev.hotupdater.benchmarks.catalogue.MemoryServer;
import dev.hotupdater.benchmarks.catalogue.Outcome;
import dev.hotupdater.benchmarks.catalogue.Sdk;
import dev.hotupdater.benchmarks.process.WorkFolder;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.storage.FileStorage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** From a request to its response, without a network. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandlerBenchmark {
  /** Measures one request. */
  @Benchmark
  public HttpResponse handle(Server server, Turn turn) {
    return server.updater.handle(server.requests[turn.next()]);
  }

  /** A server with signed addresses, and devices with one answer. */
  public static class Server extends CatalogueState {
    @Param({"UPDATE", "NO_UPDATE", "ROLLBACK"})
    Outcome outcome = Outcome.UPDATE;

    private WorkFolder folder;
    private HotUpdater updater;
    private HttpRequest[] requests;

    /** Fills the server. */
    @Setup
    public void start() {
      folder = WorkFolder.create();
      updater =
          MemoryServer.with(catalogue.bundles(bundles))
              .storage(FileStorage.at(folder.path()))
              .publicUrl(CheckPath.PUBLIC_URL)
              .build();
      requests =
          CheckSample.of(catalogue, bundles, outcome, updater).stream()
              .map(
                  check ->
                      HttpRequest.builder("GET", CheckPath.of(check)).headers(Sdk.HEADERS).build())
              .toArray(HttpRequest[]::new);
    }

    /** Stops the server. */
    @TearDown
    public void stop() {
      updater.close();
      folder.close();
    }
  }
}
