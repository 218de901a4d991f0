package dev.hotupdater.bundle;

/**
 * The rule that picks the bundle for a device.
 *
 * <p>Source: Hot Updater protocol, "Update check", decision steps 1 to 6.
 */
public final class UpdateRule {
  private static final UpdateDecision NO_UPDATE = new UpdateDecision.NoUpdate();
  private static final UpdateDecision ROLLBACK_TO_BUILT_IN = new UpdateDecision.RollbackToBuiltIn();

  private UpdateRule() {}

  /**
   * Decides for one device. Allocates nothing once the list has been asked for the device's cohort.
   *
   * @param candidates the enabled bundles of the device's platform and channel that run on its
   *     native build
   * @param check the device; its platform, channel and build have been used to find the candidates
   *     and are not looked at again
   */
  public static UpdateDecision decide(CandidateList candidates, UpdateCheck check) {
    BundleId running = check.bundleId();
    int offered = candidates.firstEligible(check.cohort());
    if (isCandidate(candidates, offered, check)) {
      Candidate candidate = candidates.get(offered);
      int order = candidate.id().compareTo(running);
      if (order >= 0) {
        return order == 0 ? NO_UPDATE : candidate.update();
      }
    }
    if (running.isNil()) {
      return NO_UPDATE;
    }
    int older = candidates.firstBelow(running);
    if (isCandidate(candidates, older, check)) {
      return candidates.get(older).rollback();
    }
    return running.compareTo(check.minBundleId()) <= 0 ? NO_UPDATE : ROLLBACK_TO_BUILT_IN;
  }

  /** Whether there is a bundle at this index, and the native build does not find it too old. */
  private static boolean isCandidate(CandidateList candidates, int index, UpdateCheck check) {
    return index < candidates.size()
        && candidates.get(index).id().compareTo(check.minBundleId()) >= 0;
  }
}
