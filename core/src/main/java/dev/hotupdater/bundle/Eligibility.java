package dev.hotupdater.bundle;

import java.util.Optional;
import java.util.Set;

/**
 * Which devices one bundle is offered to, by their cohort. Immutable; asking allocates nothing.
 *
 * <p>In this order: a targeted cohort is offered the bundle; a rollout of 0 reaches nobody else; a
 * device that names no cohort is reached by a full rollout only; a custom or invalid cohort by
 * none; a numeric cohort by a full rollout, and else if its place in the bundle's {@link
 * RolloutOrder} is below the count of the rollout.
 *
 * <p>Source: Hot Updater protocol, "Cohorts and rollout".
 */
public final class Eligibility {
  /** What most bundles have: a full rollout, which reaches everybody in whatever order. */
  private static final Eligibility FULL =
      new Eligibility(RolloutOrder.of(""), Rollout.FULL, Set.of());

  private final RolloutOrder order;
  private final Rollout rollout;
  private final Set<Cohort> targetCohorts;

  private Eligibility(RolloutOrder order, Rollout rollout, Set<Cohort> targetCohorts) {
    this.order = order;
    this.rollout = rollout;
    this.targetCohorts = targetCohorts;
  }

  /**
   * The rule for one bundle, with what depends on the bundle alone worked out.
   *
   * @param bundleId the bundle's id, as text in lower case
   * @param rollout how far the bundle has been rolled out
   * @param targetCohorts the cohorts that are offered the bundle whatever its rollout; may be empty
   */
  public static Eligibility of(String bundleId, Rollout rollout, Set<Cohort> targetCohorts) {
    return rollout.isFull() && targetCohorts.isEmpty()
        ? FULL
        : new Eligibility(RolloutOrder.of(bundleId), rollout, Set.copyOf(targetCohorts));
  }

  /**
   * Whether a device is offered a bundle. To ask for many devices, keep {@link #of}.
   *
   * @param bundleId the bundle's id, as text in lower case
   * @param cohort the device's cohort; empty if the device named none
   * @param rollout how far the bundle has been rolled out
   * @param targetCohorts the cohorts that are offered the bundle whatever its rollout; may be empty
   */
  public static boolean isEligible(
      String bundleId, Optional<Cohort> cohort, Rollout rollout, Set<Cohort> targetCohorts) {
    return of(bundleId, rollout, targetCohorts).includes(cohort);
  }

  /**
   * Whether a device is offered the bundle.
   *
   * @param cohort the device's cohort; empty if the device named none
   */
  public boolean includes(Optional<Cohort> cohort) {
    if (cohort.isEmpty()) {
      return rollout.isFull();
    }
    return targetCohorts.contains(cohort.get()) || isReached(cohort.get());
  }

  private boolean isReached(Cohort cohort) {
    if (!cohort.isNumeric()) {
      return false;
    }
    return rollout.isFull() || order.position(cohort.number().getAsInt()) < rollout.count();
  }
}
