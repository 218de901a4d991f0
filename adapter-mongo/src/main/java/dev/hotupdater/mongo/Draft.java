package dev.hotupdater.mongo;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.database.Revision;
import java.util.List;
import java.util.Set;

/** What a commit comes to, worked out from what is stored before anything is written. */
interface Draft {
  /** The writes, in the order in which they are to be done. */
  List<DocumentWrite> writes();

  /**
   * The ids for the log of changes. It takes those of bundles; the id of a release is a UUID as
   * well.
   */
  Set<BundleId> touched();

  /** Makes drafts of one commit, a new one for each attempt. */
  @FunctionalInterface
  interface Maker {
    /**
     * Drafts the commit.
     *
     * @param access reads what is stored
     * @param next the revision that the commit leads to
     */
    Draft make(Access access, Revision next);
  }
}
