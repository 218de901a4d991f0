package dev.hotupdater.benchmarks.nodes;

import dev.hotupdater.benchmarks.catalogue.Catalogue;
import dev.hotupdater.benchmarks.process.Pause;
import dev.hotupdater.benchmarks.report.Distribution;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.UpdateCheck;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** How long after one node has published a bundle another one gives it to devices. */
final class Visibility {
  private static final long LOOK_NANOS = 100_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int LONGEST_PAUSE_MILLIS = 1_500;
  private static final UpdateCheck CHECK = UpdateCheck.ofAppVersion(Platform.IOS, "1.0.0").build();

  private final Node writer;
  private final Node reader;
  private final int bundles;

  // The pauses differ, so that publishing does not fall into step with the polling.
  private final SplittableRandom random = new SplittableRandom();

  /**
   * Creates the figure.
   *
   * @param bundles how many bundles of the matching catalogue there are
   */
  Visibility(Node writer, Node reader, int bundles) {
    this.writer = writer;
    this.reader = reader;
    this.bundles = bundles;
  }

  /** Publishes so many times, one after the other; in milliseconds. */
  Distribution measure(int times) {
    return Distribution.of(IntStream.range(0, times).mapToDouble(i -> publish(i)).toArray());
  }

  /** Publishes a bundle, waits until it is given, and takes it away again. */
  private double publish(int index) {
    Pause.of(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)));
    Bundle bundle = Catalogue.MATCHING.next(bundles + index);
    writer.bundles().publish(bundle);
    long published = System.nanoTime();
    while (!reader.gives(bundle.id(), CHECK)) {
      if (System.nanoTime() - published > DEADLINE.toNanos()) {
        throw new IllegalStateException("A bundle was not visible after " + DEADLINE);
      }
      Pause.ofNanos(LOOK_NANOS);
    }
    double millis = (System.nanoTime() - published) / NANOS_PER_MILLI;
    writer.bundles().delete(bundle.id());
    return millis;
  }
}
