package dev.hotupdater.bundle;

import java.util.Collection;
import java.util.TreeSet;

/**
 * All app versions, divided into sections at the versions that a set of ranges compares with. Two
 * versions in the same section are in the same ranges, so what has been found out for one is true
 * for the other, whatever versions devices make up. Immutable.
 */
public final class VersionSections {
  private static final int POINT_SIZE = 3;

  /** The points in ascending order, three numbers each, so that a search reads memory in order. */
  private final long[] points;

  private VersionSections(long[] points) {
    this.points = points;
  }

  /** The sections that these ranges make. */
  public static VersionSections of(Collection<AppVersionRange> ranges) {
    TreeSet<VersionPoint> sorted = new TreeSet<>();
    ranges.forEach(range -> range.points().forEach(sorted::add));
    long[] points = new long[POINT_SIZE * sorted.size()];
    int at = 0;
    for (VersionPoint point : sorted) {
      points[at++] = point.major();
      points[at++] = point.minor();
      points[at++] = point.patch();
    }
    return new VersionSections(points);
  }

  /** How many sections there are: one for each point, and one on each side of it. */
  public int count() {
    return 2 * (points.length / POINT_SIZE) + 1;
  }

  /**
   * The number of the section that a version is in, from 0 to below {@link #count}. Allocates
   * nothing.
   */
  public int sectionOf(AppVersion version) {
    int low = 0;
    int high = points.length / POINT_SIZE;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int at = POINT_SIZE * middle;
      int order = version.compareTo(points[at], points[at + 1], points[at + 2]);
      if (order == 0) {
        return 2 * middle + 1;
      }
      if (order < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return 2 * low;
  }
}
