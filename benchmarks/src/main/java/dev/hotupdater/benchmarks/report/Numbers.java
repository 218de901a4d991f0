package dev.hotupdater.benchmarks.report;

import java.util.Locale;

/** How numbers look in the tables. */
public final class Numbers {
  private static final double MANY = 100;
  private static final double SOME = 10;

  private Numbers() {}

  /** A measured value, with as many decimals as its size deserves. */
  public static String measured(double value) {
    if (Math.abs(value) >= MANY) {
      return whole(Math.round(value));
    }
    return String.format(Locale.ROOT, Math.abs(value) >= SOME ? "%.1f" : "%.3f", value);
  }

  /** A ratio, with two decimals. */
  public static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** A count, such as {@code 20,000}. */
  public static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A number that was chosen, without superfluous decimals. */
  static String plain(double value) {
    return value == Math.rint(value) ? whole((long) value) : ratio(value);
  }
}
