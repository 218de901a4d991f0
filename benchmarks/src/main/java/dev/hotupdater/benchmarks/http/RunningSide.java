package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.client.Answer;
import dev.hotupdater.benchmarks.process.ChildProcess;
import dev.hotupdater.benchmarks.process.JavaProcess;
import java.time.Duration;
import java.util.List;

/**
 * A side whose server runs until this is closed.
 *
 * @param side the side
 * @param process its server
 */
record RunningSide(Side side, ChildProcess process) implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  /** Starts one of the commands of the benchmarks. */
  static RunningSide java(String name, List<String> command, Traffic traffic) {
    return await(name, JavaProcess.startServer(name, command), traffic);
  }

  /** Waits until a server tells its port. */
  static RunningSide await(String name, ChildProcess process, Traffic traffic) {
    try {
      int port = Integer.parseInt(process.awaitLine(LoopbackJetty.READY, START_TIMEOUT));
      return new RunningSide(new Side(name, port, traffic), process);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /**
   * Starts a server that answers everything as another side answers its traffic.
   *
   * @throws IllegalStateException if that side has more than one answer, or this one gives another
   */
  static RunningSide copyOf(Side original) {
    List<Answer> answers = original.answers().stream().distinct().toList();
    if (answers.size() != 1) {
      throw new IllegalStateException("Not one answer of the " + original.name() + ": " + answers);
    }
    RunningSide copy =
        java("static server", StaticServerCommand.line(original.example()), original.traffic());
    if (!copy.side.answers().stream().distinct().toList().equals(answers)) {
      copy.close();
      throw new IllegalStateException("The static server does not give the answer " + answers);
    }
    return copy;
  }

  @Override
  public void close() {
    process.close();
  }
}
