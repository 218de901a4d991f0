package dev.hotupdater.bundle;

import java.util.Optional;
import java.util.Set;

/**
 * A bundle with everything an update check asks of it worked out beforehand: its version range
 * compiled, the order in which its rollout reaches the cohorts. Immutable.
 */
public final class Candidate {
  private final Bundle bundle;
  private final Optional<AppVersionRange> range;
  private final Eligibility eligibility;

  private Candidate(Bundle bundle) {
    this.bundle = bundle;
    range = bundle.targetAppVersion().map(AppVersionRange::parse);
    eligibility =
        Eligibility.of(
            bundle.id().toString(), bundle.rollout(), bundle.targetCohorts().orElse(Set.of()));
  }

  /** The candidate for this bundle. */
  public static Candidate of(Bundle bundle) {
    return new Candidate(bundle);
  }

  /** The bundle. */
  public Bundle bundle() {
    return bundle;
  }

  /** Whether the bundle goes by app version and runs on this one. */
  public boolean matches(AppVersion version) {
    return range.isPresent() && range.get().matches(version);
  }

  /** Whether the bundle runs on the native build with this fingerprint. */
  public boolean matchesFingerprint(String fingerprintHash) {
    Optional<String> own = bundle.fingerprintHash();
    return own.isPresent() && own.get().equals(fingerprintHash);
  }

  /** Whether the rollout has reached a device of this cohort. */
  public boolean isEligible(Optional<Cohort> cohort) {
    return eligibility.includes(cohort);
  }
}
