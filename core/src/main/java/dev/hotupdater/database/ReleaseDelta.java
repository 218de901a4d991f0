package dev.hotupdater.database;

import dev.hotupdater.release.App;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import java.util.List;
import java.util.Set;

/**
 * What has become of the apps and releases that were written since a revision. Immutable.
 *
 * @param revision the revision that this leads to, or an older one: the records may be newer than
 *     it says, never older
 * @param apps the apps that may have changed, as they are now
 * @param releases the releases that may have changed, as they are now
 * @param absent the ids that have no release any more
 */
public record ReleaseDelta(
    Revision revision, List<App> apps, List<Release> releases, Set<ReleaseId> absent) {
  /** Copies the collections. */
  public ReleaseDelta {
    apps = List.copyOf(apps);
    releases = List.copyOf(releases);
    absent = Set.copyOf(absent);
  }
}
