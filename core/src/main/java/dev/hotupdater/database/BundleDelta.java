package dev.hotupdater.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import java.util.List;
import java.util.Set;

/**
 * What has become of the bundles that were written since a revision. Immutable.
 *
 * @param revision the revision that this leads to, or an older one: the bundles may be newer than
 *     it says, never older
 * @param present the bundles that may have changed, as they are now
 * @param absent the ids that have no bundle any more
 */
public record BundleDelta(Revision revision, List<Bundle> present, Set<BundleId> absent) {
  /** Copies the collections. */
  public BundleDelta {
    present = List.copyOf(present);
    absent = Set.copyOf(absent);
  }
}
