package dev.hotupdater.bundle;

import java.util.List;
import java.util.Optional;

/**
 * The rule that picks the bundle for a device.
 *
 * <p>Source: Hot Updater protocol, "Update check", decision steps 1 to 6.
 */
public final class UpdateRule {
  private UpdateRule() {}

  /**
   * Decides for one device.
   *
   * @param candidates the enabled bundles of the device's platform and channel that run on its
   *     native build, greatest id first
   * @param check the device; its platform, channel and build have been used to find the candidates
   *     and are not looked at again
   */
  public static UpdateDecision decide(List<Candidate> candidates, UpdateCheck check) {
    BundleId running = check.bundleId();
    Optional<Cohort> cohort = check.cohort();
    for (Candidate candidate : candidates) {
      BundleId id = candidate.bundle().id();
      if (id.compareTo(check.minBundleId()) < 0) {
        break;
      }
      int order = id.compareTo(running);
      if (order < 0) {
        return new UpdateDecision.Rollback(candidate.bundle());
      }
      if (candidate.isEligible(cohort)) {
        return order == 0
            ? new UpdateDecision.NoUpdate()
            : new UpdateDecision.Update(candidate.bundle());
      }
    }
    return running.isNil() || running.compareTo(check.minBundleId()) <= 0
        ? new UpdateDecision.NoUpdate()
        : new UpdateDecision.RollbackToBuiltIn();
  }
}
