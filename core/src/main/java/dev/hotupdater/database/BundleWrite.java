package dev.hotupdater.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleRevision;
import java.util.Optional;

/** One write of a commit. */
public sealed interface BundleWrite {
  /** The id of the bundle that is written. */
  BundleId id();

  /**
   * The revision that the stored bundle must have at the time of the commit, so that nothing which
   * was written in between is lost; absent if the write is to be done whatever is stored.
   */
  Optional<BundleRevision> expected();

  /** Creates the bundle, or replaces it whole, whatever is stored. */
  static BundleWrite put(Bundle bundle) {
    return new Put(bundle, Optional.empty());
  }

  /** Replaces a bundle that still is what the caller has read. */
  static BundleWrite replace(Bundle bundle, BundleRevision expected) {
    return new Put(bundle, Optional.of(expected));
  }

  /** Deletes the bundle, whatever is stored. */
  static BundleWrite delete(BundleId id) {
    return new Delete(id, Optional.empty());
  }

  /** Deletes a bundle that still is what the caller has read. */
  static BundleWrite delete(BundleId id, BundleRevision expected) {
    return new Delete(id, Optional.of(expected));
  }

  /**
   * Creates or replaces a bundle.
   *
   * @param bundle what is stored afterwards
   * @param expected see {@link BundleWrite#expected()}
   */
  record Put(Bundle bundle, Optional<BundleRevision> expected) implements BundleWrite {
    @Override
    public BundleId id() {
      return bundle.id();
    }
  }

  /**
   * Deletes a bundle.
   *
   * @param id its id
   * @param expected see {@link BundleWrite#expected()}
   */
  record Delete(BundleId id, Optional<BundleRevision> expected) implements BundleWrite {}
}
