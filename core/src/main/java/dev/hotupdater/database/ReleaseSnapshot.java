package dev.hotupdater.database;

import dev.hotupdater.release.App;
import dev.hotupdater.release.Release;
import java.util.List;

/**
 * All apps and releases at one point in time.
 *
 * @param revision the revision that this is the state of, or an older one: a snapshot may be newer
 *     than it says, never older
 * @param apps the apps, in any order
 * @param releases the releases, in any order
 * @param unreadable how many records more there are that make no sense, or cannot be read, and are
 *     left out; where it is not known how many, at least 1
 */
public record ReleaseSnapshot(
    Revision revision, List<App> apps, List<Release> releases, int unreadable) {
  /** Copies the lists. */
  public ReleaseSnapshot {
    if (unreadable < 0) {
      throw new IllegalArgumentException("unreadable must not be negative");
    }
    apps = List.copyOf(apps);
    releases = List.copyOf(releases);
  }
}
