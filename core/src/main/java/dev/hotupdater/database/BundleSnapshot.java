package dev.hotupdater.database;

import dev.hotupdater.bundle.Bundle;
import java.util.List;

/**
 * All bundles at one point in time.
 *
 * @param revision the revision that this is the state of, or an older one: a snapshot may be newer
 *     than it says, never older
 * @param bundles the bundles, in any order
 * @param unreadable how many more there are that make no sense, or cannot be read, and are left
 *     out; where it is not known how many, at least 1
 */
public record BundleSnapshot(Revision revision, List<Bundle> bundles, int unreadable) {
  /** Copies the list. */
  public BundleSnapshot {
    if (unreadable < 0) {
      throw new IllegalArgumentException("unreadable must not be negative");
    }
    bundles = List.copyOf(bundles);
  }

  /** A snapshot that leaves nothing out. */
  public static BundleSnapshot of(Revision revision, List<Bundle> bundles) {
    return new BundleSnapshot(revision, bundles, 0);
  }
}
