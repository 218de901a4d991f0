package dev.hotupdater.patches;

import dev.hotupdater.bundle.BundleId;
import java.util.List;

/**
 * What came of making the patches of a bundle.
 *
 * @param bundleId the bundle that the patches make
 * @param outcomes one for each base, the newest first; empty if there is no base
 */
public record PatchReport(BundleId bundleId, List<PatchOutcome> outcomes) {
  /** Copies the list. */
  public PatchReport {
    outcomes = List.copyOf(outcomes);
  }
}
