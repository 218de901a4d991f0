package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.catalogue.Sdk;
import dev.hotupdater.benchmarks.process.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks as fast as it gets answers, with the program {@code wrk}. */
final class Wrk {
  private static final Pattern RESULT =
      Pattern.compile("benchmark requests=(\\d+) micros=(\\d+) errors=(\\d+)");

  /** How long one answer may take. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final double MICROS_PER_SECOND = 1e6;

  private final Tool program = Tool.find("wrk");
  private final Path folder;
  private final int connections;
  private final int threads;

  /**
   * Finds the program.
   *
   * @param folder where its scripts are put
   * @throws dev.hotupdater.benchmarks.report.LeftOutException if it is not there
   */
  Wrk(Path folder, Effort effort) {
    this.folder = folder;
    connections = effort.connections();
    // The other half of the machine is for the server.
    threads = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors() / 2, connections));
  }

  /**
   * How many requests a second the side answers.
   *
   * @throws IllegalStateException if a request failed
   */
  double requestsPerSecond(Side side, Duration duration) {
    Path script = folder.resolve("traffic.lua");
    write(script, WrkScript.of(side.traffic().paths(), Sdk.HEADER, Sdk.VERSION));
    String output =
        program.run(
            folder,
            duration.plus(GRACE),
            "--threads=" + threads,
            "--timeout=" + GRACE.toSeconds() + "s",
            "--connections=" + connections,
            "--duration=" + Math.max(1, duration.toSeconds()) + "s",
            "--script=" + script,
            side.address("/").toString());
    Matcher result = RESULT.matcher(output);
    if (!result.find() || !result.group(3).equals("0")) {
      throw new IllegalStateException("Requests to the " + side.name() + " failed: " + output);
    }
    return Long.parseLong(result.group(1)) / (Long.parseLong(result.group(2)) / MICROS_PER_SECOND);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("The script for wrk could not be written", e);
    }
  }
}
