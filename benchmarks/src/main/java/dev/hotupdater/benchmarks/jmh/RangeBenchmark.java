package dev.hotupdater.benchmarks.jmh;

import dev.hotupdater.benchmarks.catalogue.CheckSample;
import dev.hotupdater.bundle.AppVersion;
import dev.hotupdater.bundle.AppVersionRange;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.UpdateCheck;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;

/** Whether a version is in a range: one range of the catalogue after the other. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RangeBenchmark {
  /** Measures one question. */
  @Benchmark
  public boolean match(Ranges ranges, Turn turn) {
    return ranges.nextRange().matches(ranges.versions[turn.next()]);
  }

  /** The ranges of a catalogue, and the versions of the devices that ask it. */
  public static class Ranges extends CatalogueState {
    private AppVersionRange[] ranges;
    private AppVersion[] versions;
    private int last;

    /** Parses the ranges. */
    @Setup
    public void parse() {
      ranges =
          catalogue.bundles(bundles).stream()
              .map(Bundle::targetAppVersion)
              .flatMap(Optional::stream)
              .map(AppVersionRange::parse)
              .toArray(AppVersionRange[]::new);
      AppVersion[] some =
          CheckSample.of(catalogue, bundles).stream()
              .flatMap(Ranges::version)
              .toArray(AppVersion[]::new);
      versions = new AppVersion[CheckSample.SIZE];
      for (int i = 0; i < versions.length; i++) {
        versions[i] = some[i % some.length];
      }
    }

    private static Stream<AppVersion> version(UpdateCheck check) {
      return check.build() instanceof UpdateCheck.Build.Version version
          ? version.number().stream()
          : Stream.empty();
    }

    private AppVersionRange nextRange() {
      last = last + 1 < ranges.length ? last + 1 : 0;
      return ranges[last];
    }
  }
}
