package dev.hotupdater.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A database server that one test has for itself, kills and starts again on the same data. What it
 * has committed before survives, since the operating system goes on.
 */
abstract class MortalServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Starts the server on its data, which it creates at the first start, always on one port. */
  abstract void start() throws Exception;

  /** The file in which the running server has written the number of its process. */
  abstract Path processFile();

  /** A data source of the driver, without a pool. */
  abstract DataSource dataSource() throws Exception;

  /** Ends the server as a power failure would, with all processes that it has started. */
  void kill() throws IOException, InterruptedException {
    long pid;
    try (Stream<String> lines = Files.lines(processFile())) {
      pid = Long.parseLong(lines.findFirst().orElseThrow().strip());
    }
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> family = Stream.concat(Stream.of(server), server.descendants()).toList();
    family.forEach(ProcessHandle::destroyForcibly);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (family.stream().anyMatch(MortalServer::isRunning)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the server survives");
      }
      Thread.sleep(10);
    }
  }

  /** One that has ended counts as alive until its parent asks for its exit code. */
  private static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  @Override
  public abstract void close() throws Exception;
}
