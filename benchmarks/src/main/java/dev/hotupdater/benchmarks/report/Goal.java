package dev.hotupdater.benchmarks.report;

/**
 * What a figure is compared with.
 *
 * @param bound which side of the limit is good
 * @param limit the last good value
 * @param unit what the limit counts, such as {@code ms}; may be empty
 */
public record Goal(Bound bound, double limit, String unit) {
  /** Which side of a limit is good. */
  public enum Bound {
    AT_MOST("<="),
    AT_LEAST(">=");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }
  }

  /** Values up to this one are good. */
  public static Goal atMost(double limit, String unit) {
    return new Goal(Bound.AT_MOST, limit, unit);
  }

  /** Values from this one on are good. */
  public static Goal atLeast(double limit, String unit) {
    return new Goal(Bound.AT_LEAST, limit, unit);
  }

  /** Whether the value is good. */
  public boolean isMetBy(double value) {
    return bound == Bound.AT_MOST ? value <= limit : value >= limit;
  }

  /** The goal and whether it is met, such as {@code >= 0.90: yes}. */
  public String verdict(double value) {
    return this + (isMetBy(value) ? ": yes" : ": **no**");
  }

  /** The goal, such as {@code <= 200 ns}. */
  @Override
  public String toString() {
    return (bound.sign + ' ' + Numbers.plain(limit) + ' ' + unit).strip();
  }
}
