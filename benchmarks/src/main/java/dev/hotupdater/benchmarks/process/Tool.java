package dev.hotupdater.benchmarks.process;

import dev.hotupdater.benchmarks.report.LeftOutException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of this machine that is run to its end, such as {@code wrk} or {@code npm}. */
public final class Tool {
  private final String program;

  private Tool(String program) {
    this.program = program;
  }

  /**
   * The program with this name.
   *
   * @throws LeftOutException if there is none on the search path
   */
  public static Tool find(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return new Tool(program);
      }
    }
    throw new LeftOutException("there is no " + program + " on this machine");
  }

  /** The command line with these arguments. */
  public List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(program);
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * Runs it, and returns what it wrote.
   *
   * @throws IllegalStateException if it fails or takes too long; the message has what it wrote
   */
  public String run(Path folder, Duration timeout, String... arguments) {
    try (WorkFolder work = WorkFolder.create()) {
      Path output = work.path().resolve("output");
      Process process =
          new ProcessBuilder(command(arguments))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = end(process, timeout);
      String text = Files.readString(output, StandardCharsets.UTF_8);
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(
            program + (ended ? " failed: " : " took longer than " + timeout + ": ") + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(program + " could not be run", e);
    }
  }

  /** Whether it ended by itself. */
  private static boolean end(Process process, Duration timeout) throws IOException {
    try (OpenProcess open = new OpenProcess(process);
        InputStream out = process.getInputStream()) {
      return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw ChildProcess.interrupted(e);
    }
  }
}
