package dev.hotupdater.publishing;

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.release.Release;
import java.util.Optional;
import java.util.Set;

/**
 * Another rollout of a release. Immutable.
 *
 * @param rollout how far it is rolled out from now on; absent if that stays as it is
 * @param targetCohorts the cohorts that are offered it whatever its rollout; absent if they stay
 */
public record RolloutChange(Optional<Rollout> rollout, Optional<Set<Cohort>> targetCohorts) {
  /** Copies the cohorts. */
  public RolloutChange {
    targetCohorts = targetCohorts.map(Set::copyOf);
  }

  Release applyTo(Release release) {
    return release.toBuilder()
        .rollout(rollout.orElse(release.rollout()))
        .targetCohorts(targetCohorts.orElse(release.targetCohorts()))
        .build();
  }
}
