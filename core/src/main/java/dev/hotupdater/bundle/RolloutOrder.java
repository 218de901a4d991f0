package dev.hotupdater.bundle;

/**
 * The order in which the rollout of one bundle reaches the numeric cohorts. It is fixed by the
 * bundle's id, so that a growing rollout only ever adds cohorts, and differs from bundle to bundle,
 * so that the same devices are not always the first. Immutable.
 *
 * <p>Source: Hot Updater protocol, "Cohorts and rollout".
 */
public final class RolloutOrder {
  private static final int COHORTS = Cohort.NUMERIC_COHORTS;
  private static final int MULTIPLIER_LIMIT = 997;

  private final int inverseMultiplier;
  private final int offset;

  private RolloutOrder(int inverseMultiplier, int offset) {
    this.inverseMultiplier = inverseMultiplier;
    this.offset = offset;
  }

  /**
   * The order for one bundle.
   *
   * @param bundleId the bundle's id, as text in lower case
   */
  public static RolloutOrder of(String bundleId) {
    int multiplier = Math.floorMod((bundleId + ":multiplier").hashCode(), MULTIPLIER_LIMIT);
    while (!hasInverse(multiplier)) {
      multiplier++;
    }
    int offset = Math.floorMod((bundleId + ":offset").hashCode(), COHORTS);
    return new RolloutOrder(inverse(multiplier), offset);
  }

  /** Whether it shares no factor with 1000, whose only prime factors are 2 and 5. */
  private static boolean hasInverse(int multiplier) {
    return multiplier % 2 != 0 && multiplier % 5 != 0;
  }

  /** A number that shares no factor with 1000 gives 1, modulo 1000, as its 100th power. */
  private static int inverse(int multiplier) {
    int inverse = 1;
    for (int power = 1; power < 100; power++) {
      inverse = inverse * multiplier % COHORTS;
    }
    return inverse;
  }

  /**
   * The place of a numeric cohort in this order.
   *
   * @param cohort 1 to 1000
   * @return 0 (reached first) to 999; no two cohorts share a place
   * @throws IllegalArgumentException if the cohort is outside its range
   */
  public int position(int cohort) {
    if (cohort < 1 || cohort > COHORTS) {
      throw new IllegalArgumentException(
          "A numeric cohort must be between 1 and " + COHORTS + ", but is " + cohort);
    }
    return Math.floorMod(inverseMultiplier * (cohort - 1 - offset), COHORTS);
  }
}
