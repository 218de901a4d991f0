package dev.hotupdater.s3.database;

import java.time.Duration;

/**
 * How objects with facts are made larger and fewer.
 *
 * @param factsOfAnObject how many facts one object has at most; one with less than half is small
 * @param smallObjects how many small objects there may be that are old
 * @param age from when on an object is old
 * @param interval how often a process looks for them
 * @param idsInMemory how many events are told from each other at once
 */
record FactLimits(
    int factsOfAnObject, int smallObjects, Duration age, Duration interval, int idsInMemory) {
  static final FactLimits DEFAULT =
      new FactLimits(10_000, 100, Duration.ofMinutes(5), Duration.ofMinutes(1), 1_000_000);

  /** Whether an object with so many facts is small. */
  boolean isSmall(int facts) {
    return facts < factsOfAnObject / 2;
  }
}
