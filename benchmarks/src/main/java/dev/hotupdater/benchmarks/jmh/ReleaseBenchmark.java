package dev.hotupdater.benchmarks.jmh;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.benchmarks.catalogue.CheckPath;
import dev.hotupdater.benchmarks.catalogue.CheckSample;
import dev.hotupdater.benchmarks.catalogue.MemoryReleases;
import dev.hotupdater.benchmarks.process.WorkFolder;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.protocol.tauri.TauriUpdateRoutes;
import dev.hotupdater.storage.FileStorage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From a check of a desktop app to its response, without a network. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReleaseBenchmark {
  /** Measures one request. */
  @Benchmark
  public HttpResponse checkRelease(Server server, Turn turn) {
    return server.updater.handle(server.requests[turn.next()]);
  }

  /** A server, and clients of all platforms and versions, of which half have the newest. */
  @State(Scope.Benchmark)
  public static class Server {
    @Param({"1", "1000"})
    int releases;

    private WorkFolder folder;
    private HotUpdater updater;
    private HttpRequest[] requests;

    /** Fills the server. */
    @Setup
    public void start() {
      folder = WorkFolder.create();
      updater =
          MemoryReleases.with(releases)
              .storage(FileStorage.at(folder.path()))
              .publicUrl(CheckPath.PUBLIC_URL)
              .routes(TauriUpdateRoutes.create())
              .build();
      requests =
          IntStream.range(0, CheckSample.SIZE)
              .mapToObj(client -> HttpRequest.builder("GET", MemoryReleases.path(client, releases)))
              .map(HttpRequest.Builder::build)
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
