package dev.hotupdater.bundle;

import java.util.Comparator;

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
}
