package dev.hotupdater.bundle;

import java.util.Comparator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A version that a range compares with. Unlike an {@link AppVersion} it may be above the greatest
 * version there is, as the upper end of a range can be.
 */
record VersionPoint(long major, long minor, long patch) implements Comparable<VersionPoint> {
  private static final Comparator<VersionPoint> ORDER =
      Comparator.comparingLong(VersionPoint::major)
          .thenComparingLong(VersionPoint::minor)
          .thenComparingLong(VersionPoint::patch);

  @Override
  public int compareTo(VersionPoint other) {
    return ORDER.compare(this, other);
  }

  /** This version and the one that follows it, as far as there are such versions. */
  Stream<AppVersion> withNext() {
    boolean exists = Math.max(major, minor) <= AppVersion.MAX_NUMBER;
    return LongStream.of(patch, patch + 1)
        .filter(number -> exists && number <= AppVersion.MAX_NUMBER)
        .mapToObj(number -> new AppVersion(major, minor, number));
  }
}
