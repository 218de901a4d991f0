package dev.hotupdater.benchmarks.startup;

import dev.hotupdater.benchmarks.catalogue.CheckPath;
import dev.hotupdater.benchmarks.client.Answer;
import dev.hotupdater.benchmarks.process.ChildProcess;
import dev.hotupdater.benchmarks.process.JavaProcess;
import dev.hotupdater.benchmarks.process.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The quickstart in a process of its own.
 *
 * @param process the process
 * @param port where it listens on the loopback address
 * @param firstAnswer from the start of the process to its first right answer
 */
record Quickstart(ChildProcess process, int port, Duration firstAnswer) implements AutoCloseable {
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(5);
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final String QUESTION =
      CheckPath.BASE
          + "/app-version/ios/1.0.0/production/00000000-0000-0000-0000-000000000000"
          + "/00000000-0000-0000-0000-000000000000";

  /**
   * Starts it, and asks for an update until it answers.
   *
   * @param expected a text in the right answer
   */
  static Quickstart start(Path jar, Path data, String expected) {
    int port = freePort();
    long start = System.nanoTime();
    ChildProcess process =
        JavaProcess.start(
            "quickstart",
            List.of(
                "-Xmx128m",
                "-jar",
                jar.toString(),
                "--port",
                Integer.toString(port),
                "--data",
                data.toString()));
    try {
      awaitAnswer(process, port, expected);
      return new Quickstart(process, port, Duration.ofNanos(System.nanoTime() - start));
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("There is no free port", e);
    }
  }

  private static void awaitAnswer(ChildProcess process, int port, String expected) {
    URI address = URI.create("http://127.0.0.1:" + port + QUESTION);
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!isAnswered(address, expected)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("The quickstart did not answer; what it wrote is above");
      }
      Pause.of(BETWEEN_QUESTIONS);
    }
  }

  private static boolean isAnswered(URI address, String expected) {
    try {
      Answer answer = Answer.get(address);
      return answer.status() == 200 && answer.body().contains(expected);
    } catch (UncheckedIOException e) {
      // Nobody listens there yet.
      return false;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
