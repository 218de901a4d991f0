package dev.hotupdater.catalog;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import java.util.Optional;

/**
 * All bundles at one point in time: what is asked of one view fits together, whatever is written in
 * the meantime. Immutable.
 */
public interface BundleView {
  /** What the device should do. Protocol: "Update check". */
  UpdateDecision decide(UpdateCheck check);

  /** The bundle with this id, enabled or not. */
  Optional<Bundle> find(BundleId id);
}
