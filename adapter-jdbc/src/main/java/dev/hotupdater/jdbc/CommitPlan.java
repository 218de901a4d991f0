package dev.hotupdater.jdbc;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.CommitRules;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the writes of a commit come to when they are done one after the other, worked out before
 * anything is written.
 */
final class CommitPlan {
  private final Map<BundleId, Bundle> bundles;
  private final Set<BundleId> written = new LinkedHashSet<>();
  private final Set<BundleId> deleted = new LinkedHashSet<>();

  private CommitPlan(Map<BundleId, Bundle> stored) {
    bundles = new TreeMap<>(stored);
  }

  /**
   * Plans the writes.
   *
   * @param stored the stored bundles among those that are written
   * @throws dev.hotupdater.database.WriteConflictException if a write expects another bundle
   */
  static CommitPlan of(List<BundleWrite> writes, Map<BundleId, Bundle> stored) {
    CommitPlan plan = new CommitPlan(stored);
    writes.forEach(plan::add);
    return plan;
  }

  private void add(BundleWrite write) {
    CommitRules.checkExpectation(write, Optional.ofNullable(bundles.get(write.id())));
    written.add(write.id());
    if (write instanceof BundleWrite.Put) {
      bundles.put(write.id(), ((BundleWrite.Put) write).bundle());
    } else {
      bundles.remove(write.id());
      bundles.replaceAll((id, bundle) -> bundle.withoutPatchFrom(write.id()));
      deleted.add(write.id());
    }
  }

  /** The ids that are written or deleted. */
  Set<BundleId> written() {
    return written;
  }

  /** The bundles that are to be stored as they are here. */
  Collection<Bundle> present() {
    return bundles.values();
  }

  /** The ids that are to have no bundle. */
  Set<BundleId> absent() {
    Set<BundleId> absent = new LinkedHashSet<>(written);
    absent.removeAll(bundles.keySet());
    return absent;
  }

  /** The ids of which all patches are to be removed in both directions, before others are added. */
  Set<BundleId> withoutPatches() {
    return deleted;
  }

  /** The bases of patches that this plan itself says nothing about. */
  Set<BundleId> basesElsewhere() {
    Set<BundleId> bases = new LinkedHashSet<>();
    for (Bundle bundle : bundles.values()) {
      bundle.patches().forEach(patch -> bases.add(patch.baseBundleId()));
    }
    bases.removeAll(written);
    return bases;
  }

  /**
   * Checks that the base of every patch will exist.
   *
   * @throws dev.hotupdater.bundle.InvalidBundleException if one will not
   */
  void checkPatchBases(Predicate<BundleId> existsElsewhere) {
    for (Bundle bundle : bundles.values()) {
      CommitRules.checkPatchBases(
          bundle, id -> written.contains(id) ? bundles.containsKey(id) : existsElsewhere.test(id));
    }
  }
}
