package dev.hotupdater.bundle;

/**
 * How many of the 1000 numeric cohorts a bundle is offered to. Immutable; equal if the counts are.
 *
 * <p>Source: Hot Updater protocol, "Cohorts and rollout".
 */
public final class Rollout {
  /** Every numeric cohort, and devices that name none. */
  public static final Rollout FULL = new Rollout(Cohort.NUMERIC_COHORTS);

  private final int count;

  private Rollout(int count) {
    this.count = count;
  }

  /**
   * A rollout to this many cohorts.
   *
   * @param count 0 (nobody but targeted cohorts) to 1000 (everybody)
   * @throws IllegalArgumentException if the count is outside that range
   */
  public static Rollout of(int count) {
    if (count < 0 || count > FULL.count) {
      throw new IllegalArgumentException(
          "rolloutCohortCount must be between 0 and " + FULL.count + ", but is " + count);
    }
    return count == FULL.count ? FULL : new Rollout(count);
  }

  /**
   * The place of a numeric cohort in the order in which a bundle's rollout reaches the cohorts. To
   * ask for many cohorts of one bundle, keep a {@link RolloutOrder}.
   *
   * @param bundleId the bundle's id, as text in lower case
   * @param cohort 1 to 1000
   * @return 0 (reached first) to 999
   * @throws IllegalArgumentException if the cohort is outside its range
   */
  public static int position(String bundleId, int cohort) {
    return RolloutOrder.of(bundleId).position(cohort);
  }

  /** The number of cohorts, 0 to 1000. */
  public int count() {
    return count;
  }

  /** Whether this is {@link #FULL}. */
  public boolean isFull() {
    return count == FULL.count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rollout && ((Rollout) other).count == count;
  }

  @Override
  public int hashCode() {
    return count;
  }

  /** The count and its limit, such as {@code 250/1000}. */
  @Override
  public String toString() {
    return count + "/" + FULL.count;
  }
}
