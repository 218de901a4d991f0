package dev.hotupdater.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
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
 * anything is written. For those who write a database. Not for use by several threads.
 */
public final class CommitPlan {
  private final Map<BundleId, Bundle> bundles;
  private final Set<BundleId> written = new LinkedHashSet<>();
  private final Set<BundleId> deleted = new LinkedHashSet<>();

  private CommitPlan(Map<BundleId, Bundle> stored) {
    bundles = new TreeMap<>(stored);
  }

  /**
   * Plans the writes.
   *
   * @param stored the stored bundles; those that are not written may be left out
   * @throws WriteConflictException if a write expects another bundle
   */
  public static CommitPlan of(List<BundleWrite> writes, Map<BundleId, Bundle> stored) {
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
  public Set<BundleId> written() {
    return written;
  }

  /** All bundles that were given as stored, and those that are put, as they are afterwards. */
  public Collection<Bundle> present() {
    return bundles.values();
  }

  /** The ids that are to have no bundle. */
  public Set<BundleId> absent() {
    Set<BundleId> absent = new LinkedHashSet<>(written);
    absent.removeAll(bundles.keySet());
    return absent;
  }

  /** The ids of which all patches are to be removed in both directions, before others are added. */
  public Set<BundleId> withoutPatches() {
    return deleted;
  }

  /** The bases of patches that this plan itself says nothing about. */
  public Set<BundleId> basesElsewhere() {
    Set<BundleId> bases = new LinkedHashSet<>();
    for (Bundle bundle : bundles.values()) {
      bundle.patches().forEach(patch -> bases.add(patch.baseBundleId()));
    }
    bases.removeAll(written);
    return bases;
  }

  /**
   * Checks that the base of every patch of a bundle that is written will exist.
   *
   * @param existsElsewhere whether there is a bundle that was not given as stored
   * @throws dev.hotupdater.bundle.InvalidBundleException if one will not
   */
  public void checkPatchBases(Predicate<BundleId> existsElsewhere) {
    for (BundleId id : written) {
      Optional.ofNullable(bundles.get(id))
          .ifPresent(
              bundle ->
                  CommitRules.checkPatchBases(
                      bundle,
                      base -> bundles.containsKey(base) || isElsewhere(base, existsElsewhere)));
    }
  }

  private boolean isElsewhere(BundleId base, Predicate<BundleId> existsElsewhere) {
    return !written.contains(base) && existsElsewhere.test(base);
  }
}
