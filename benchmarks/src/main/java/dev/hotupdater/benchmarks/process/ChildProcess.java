package dev.hotupdater.benchmarks.process;

import dev.hotupdater.benchmarks.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own. It is ended by {@link #close()}, at the latest with this
 * virtual machine. A server that watches its standard input also notices if this one is killed.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final String name;
  private final Process process;
  private final OpenProcess open;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    open = new OpenProcess(process);
  }

  /**
   * Starts it. What it writes to its standard error goes to that of this process.
   *
   * @param name what it is called in messages
   */
  public static ChildProcess start(String name, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      ChildProcess child = new ChildProcess(name, process);
      Thread reader = new Thread(child::readLines, "output-of-" + name);
      reader.setDaemon(true);
      reader.start();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("The " + name + " could not be started", e);
    }
  }

  private void readLines() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      System.err.println("The output of the " + name + " ended: " + e);
    }
  }

  /**
   * Waits for a line of the standard output, and returns what comes after its start.
   *
   * @throws IllegalStateException if the line does not come in time
   */
  public String awaitLine(String start, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (System.nanoTime() < deadline) {
      String line = nextLine();
      if (line.startsWith(start)) {
        return line.substring(start.length());
      }
      if (line.isEmpty() && !process.isAlive()) {
        break;
      }
    }
    throw new IllegalStateException(
        "The " + name + " did not become ready; what it wrote is above");
  }

  /** The next line; an empty text if there is none soon. */
  private String nextLine() {
    try {
      String line = lines.poll(100, TimeUnit.MILLISECONDS);
      return line == null ? "" : line;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Its number, as the operating system counts. */
  public long pid() {
    return process.pid();
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    try (OutputStream in = process.getOutputStream();
        InputStream out = process.getInputStream()) {
      process.destroy();
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        Report.progress("the " + name + " did not stop by itself");
      }
    } catch (IOException e) {
      // The pipes of an ended process; there is nothing to be lost in them.
      return;
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      open.close();
    }
  }

  static IllegalStateException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("The benchmark was interrupted", cause);
  }
}
