package dev.hotupdater.s3.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a commit comes to, until every object says so. Doing it twice does nothing more.
 *
 * @param present the bundles that it writes, as they are afterwards
 * @param absent the ids that have no bundle afterwards
 * @param lines whose lists of targets may change
 */
record PendingCommit(List<Bundle> present, Set<BundleId> absent, Set<ReleaseLine> lines) {
  PendingCommit {
    present = List.copyOf(present);
    absent = Set.copyOf(absent);
    lines = Set.copyOf(lines);
  }

  /** All bundles that read differently afterwards, or might. */
  Set<BundleId> ids() {
    Set<BundleId> ids = new HashSet<>(absent);
    present.forEach(bundle -> ids.add(bundle.id()));
    return ids;
  }

  /** The bundles that it writes into an object. */
  List<Bundle> presentIn(String key, MetadataLayout layout) {
    return present.stream().filter(bundle -> layout.updatesKey(bundle).equals(key)).toList();
  }

  /** Makes of the bundles before the commit those after it. */
  void applyTo(Map<BundleId, Bundle> bundles) {
    bundles.keySet().removeAll(absent);
    present.forEach(bundle -> bundles.put(bundle.id(), bundle));
  }
}
