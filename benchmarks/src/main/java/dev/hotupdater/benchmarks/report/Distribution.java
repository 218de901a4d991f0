package dev.hotupdater.benchmarks.report;

import java.util.Arrays;
import java.util.Collection;

/** Some values of one figure. Immutable. */
public final class Distribution {
  private static final double HUNDRED = 100;

  private final double[] sorted;

  private Distribution(double[] sorted) {
    this.sorted = sorted;
  }

  /**
   * The distribution of these values.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Distribution of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("There is no value");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Distribution(sorted);
  }

  /** The distribution of these values; see {@link #of(double...)}. */
  public static Distribution of(Collection<Double> values) {
    return of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** How many values there are. */
  public int size() {
    return sorted.length;
  }

  /** The least value. */
  public double min() {
    return sorted[0];
  }

  /** The greatest value. */
  public double max() {
    return sorted[sorted.length - 1];
  }

  /** The value in the middle; of an even number of values the mean of the two in the middle. */
  public double median() {
    int upper = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
  }

  /**
   * The least value that at least so many percent of the values do not exceed.
   *
   * @param percent more than 0, at most 100
   */
  public double percentile(double percent) {
    int rank = (int) Math.ceil(percent / HUNDRED * sorted.length);
    return sorted[Math.max(rank, 1) - 1];
  }
}
