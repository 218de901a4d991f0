package dev.hotupdater.benchmarks.client;

/** When requests are to be sent. */
public interface Schedule {
  /** How long after the start this request is due, in nanoseconds; the first has index 0. */
  long dueNanos(long index);

  /** All at once: as fast as answers come. */
  static Schedule atOnce() {
    return index -> 0;
  }

  /** At a fixed rate, whether answers come or not. */
  static Schedule atRate(double requestsPerSecond) {
    double interval = 1e9 / requestsPerSecond;
    return index -> (long) (index * interval);
  }
}
