package dev.hotupdater.benchmarks.catalogue;

import dev.hotupdater.bundle.BundleId;
import java.util.SplittableRandom;
import java.util.UUID;

/** UUIDs of version 7, one a minute, always the same. */
final class BundleIds {
  private static final long FIRST_MILLIS = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final int TIMESTAMP_SHIFT = 16;
  private static final long VERSION_7 = 0x7000;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private BundleIds() {}

  /** The id of a bundle; those below zero are older than any bundle. */
  static BundleId at(int index) {
    return withTime(FIRST_MILLIS + index * MINUTE);
  }

  /** An id that no bundle has, between that of this bundle and the next. */
  static BundleId after(int index) {
    return withTime(FIRST_MILLIS + index * MINUTE + MINUTE / 2);
  }

  private static BundleId withTime(long millis) {
    SplittableRandom random = new SplittableRandom(millis);
    long high = millis << TIMESTAMP_SHIFT | VERSION_7 | random.nextInt(0x1000);
    long low = VARIANT | random.nextLong() >>> 2;
    return BundleId.of(new UUID(high, low).toString());
  }
}
