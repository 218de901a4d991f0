package dev.hotupdater.benchmarks.startup;

import dev.hotupdater.benchmarks.process.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The memory that a process has, as the operating system sees it.
 *
 * @param now what it has now, in MB (of 1,000,000 bytes)
 * @param peak the most it ever had; absent where only Linux could tell
 */
record ResidentMemory(double now, OptionalDouble peak) {
  private static final double BYTES_PER_KIB = 1024;
  private static final double BYTES_PER_MB = 1e6;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  static ResidentMemory of(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    return Files.exists(status) ? fromProc(status) : fromPs(pid);
  }

  private static ResidentMemory fromProc(Path status) {
    try {
      List<String> lines = Files.readAllLines(status);
      return new ResidentMemory(field(lines, "VmRSS:"), OptionalDouble.of(field(lines, "VmHWM:")));
    } catch (IOException e) {
      throw new UncheckedIOException(status + " cannot be read", e);
    }
  }

  private static double field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> megabytes(line.substring(name.length()).replace("kB", "")))
        .findFirst()
        .orElseThrow();
  }

  private static ResidentMemory fromPs(long pid) {
    String output =
        Tool.find("ps").run(Path.of("."), TIMEOUT, "-o", "rss=", "-p", Long.toString(pid));
    return new ResidentMemory(megabytes(output), OptionalDouble.empty());
  }

  private static double megabytes(String kibibytes) {
    return Long.parseLong(kibibytes.strip()) * BYTES_PER_KIB / BYTES_PER_MB;
  }
}
