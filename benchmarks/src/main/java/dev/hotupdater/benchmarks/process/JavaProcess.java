package dev.hotupdater.benchmarks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Java that runs this. */
public final class JavaProcess {
  /** Enough that no server of the benchmarks is short of memory, and the same for all. */
  private static final List<String> SERVER_FLAGS = List.of("-Xms512m", "-Xmx512m");

  private JavaProcess() {}

  /** Starts one of the benchmarks' own commands in a virtual machine of its own. */
  public static ChildProcess startServer(String name, List<String> command) {
    List<String> line = new ArrayList<>(SERVER_FLAGS);
    // Which is the jar of the benchmarks alone, since they are run from it.
    line.add("-jar");
    line.add(System.getProperty("java.class.path"));
    line.addAll(command);
    return start(name, line);
  }

  /** Starts a virtual machine with these arguments. */
  public static ChildProcess start(String name, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(arguments);
    return ChildProcess.start(name, line);
  }
}
