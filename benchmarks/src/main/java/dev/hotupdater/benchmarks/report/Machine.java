package dev.hotupdater.benchmarks.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final double GIB = 1L << 30;

  private Machine() {}

  static String describe() {
    return Runtime.getRuntime().availableProcessors()
        + " cores ("
        + processor()
        + "), "
        + Numbers.measured(system().getTotalMemorySize() / GIB)
        + " GiB memory; "
        + System.getProperty("os.name")
        + ' '
        + System.getProperty("os.version")
        + "; "
        + System.getProperty("java.vm.name")
        + ' '
        + System.getProperty("java.vm.version")
        + "; load average before it "
        + Numbers.ratio(system().getSystemLoadAverage());
  }

  private static OperatingSystemMXBean system() {
    return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(() -> System.getProperty("os.arch"));
    } catch (IOException e) {
      // Only Linux has this file.
      return System.getProperty("os.arch");
    }
  }
}
