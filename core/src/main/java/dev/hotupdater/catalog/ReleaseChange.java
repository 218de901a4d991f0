package dev.hotupdater.catalog;

import dev.hotupdater.release.AppId;
import java.util.Set;

/**
 * How one state of the apps and releases differs from the state before it.
 *
 * @param apps the apps that have changed, or have a release that has
 */
record ReleaseChange(Set<AppId> apps) implements StateChange {
  ReleaseChange {
    apps = Set.copyOf(apps);
  }

  @Override
  public boolean isEmpty() {
    return apps.isEmpty();
  }
}
