package dev.hotupdater.bundle;

import java.util.Optional;
import java.util.Set;

/**
 * A bundle with everything that a decision asks of it worked out beforehand: the order in which its
 * rollout reaches the cohorts, and the decisions that lead to it. Immutable.
 */
public final class Candidate {
  private final Bundle bundle;
  private final Eligibility eligibility;
  private final UpdateDecision update;
  private final UpdateDecision rollback;

  private Candidate(Bundle bundle) {
    this.bundle = bundle;
    eligibility =
        Eligibility.of(
            bundle.id().toString(), bundle.rollout(), bundle.targetCohorts().orElse(Set.of()));
    update = new UpdateDecision.Update(bundle);
    rollback = new UpdateDecision.Rollback(bundle);
  }

  /** The candidate for this bundle. */
  public static Candidate of(Bundle bundle) {
    return new Candidate(bundle);
  }

  /** The bundle. */
  public Bundle bundle() {
    return bundle;
  }

  /** Whether the rollout has reached a device of this cohort. */
  public boolean isEligible(Optional<Cohort> cohort) {
    return eligibility.includes(cohort);
  }

  BundleId id() {
    return bundle.id();
  }

  UpdateDecision update() {
    return update;
  }

  UpdateDecision rollback() {
    return rollback;
  }
}
