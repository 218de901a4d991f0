package dev.hotupdater.s3.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleRules;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.ChangeLog;
import dev.hotupdater.database.CommitPlan;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.Revision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A commit before it is made, worked out from the objects as they are.
 *
 * @param touched all bundles that may read differently afterwards
 * @param content what there is to write
 */
record CommitDraft(Set<BundleId> touched, PendingCommit content) {
  /**
   * Works out what the writes come to.
   *
   * @throws dev.hotupdater.database.WriteConflictException if a write expects another bundle
   * @throws dev.hotupdater.bundle.InvalidBundleException if a bundle that is written breaks a rule
   * @throws DatabaseException if an object is in the way that cannot be read
   */
  static CommitDraft of(List<BundleWrite> writes, StoredObjects objects, MetadataLayout layout) {
    for (BundleWrite write : writes) {
      if (write instanceof BundleWrite.Put) {
        BundleRules.check(((BundleWrite.Put) write).bundle());
      }
    }
    Map<BundleId, Bundle> stored = objects.bundles();
    CommitPlan plan = CommitPlan.of(writes, stored);
    plan.checkPatchBases(elsewhere -> false);
    List<Bundle> present = new ArrayList<>();
    for (Bundle bundle : plan.present()) {
      boolean isAsBefore =
          Optional.ofNullable(stored.get(bundle.id())).filter(bundle::equals).isPresent();
      if (plan.written().contains(bundle.id()) || !isAsBefore) {
        present.add(bundle);
      }
    }
    Set<BundleId> touched = new HashSet<>(plan.written());
    present.forEach(bundle -> touched.add(bundle.id()));
    Set<ReleaseLine> lines = objects.linesOf(touched);
    present.forEach(bundle -> lines.add(ReleaseLine.of(bundle)));
    PendingCommit content = new PendingCommit(present, plan.absent(), lines);
    ObjectChanges.of(content, objects, layout).check();
    return new CommitDraft(touched, content);
  }

  /** The entry in the log for this commit. */
  ChangeLog.Commit entry(Revision revision) {
    return new ChangeLog.Commit(revision, touched);
  }
}
