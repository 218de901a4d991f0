package dev.hotupdater.database;

import dev.hotupdater.bundle.Bundle;
import java.util.List;

/**
 * All bundles at one point in time.
 *
 * @param revision the revision that this is the state of, or an older one: a snapshot may be newer
 *     than it says, never older
 * @param bundles the bundles, in any order
 */
public record BundleSnapshot(Revision revision, List<Bundle> bundles) {
  /** Copies the list. */
  public BundleSnapshot {
    bundles = List.copyOf(bundles);
  }
}
