package dev.hotupdater.database;

import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.RecordRevision;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.Slug;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the writes of a commit come to when they are done one after the other, worked out before
 * anything is written. For those who write a database. Not for use by several threads.
 */
public final class ReleasePlan {
  private final Map<AppId, App> apps;
  private final Map<ReleaseId, Release> releases;
  private final Set<AppId> writtenApps = new LinkedHashSet<>();
  private final Set<ReleaseId> writtenReleases = new LinkedHashSet<>();

  private record Place(AppId appId, String channel, ReleaseVersion version) {
    static Place of(Release release) {
      return new Place(release.appId(), release.channel(), release.version());
    }
  }

  private ReleasePlan(Map<AppId, App> apps, Map<ReleaseId, Release> releases) {
    this.apps = new TreeMap<>(apps);
    this.releases = new TreeMap<>(releases);
  }

  /**
   * Plans the writes.
   *
   * @param apps the stored apps; those that are not written may be left out
   * @param releases the stored releases; those that are not written may be left out
   * @throws ReleaseConflictException if a write expects another record
   */
  public static ReleasePlan of(
      List<ReleaseWrite> writes, Map<AppId, App> apps, Map<ReleaseId, Release> releases) {
    ReleasePlan plan = new ReleasePlan(apps, releases);
    writes.forEach(plan::add);
    return plan;
  }

  private void add(ReleaseWrite write) {
    if (write instanceof ReleaseWrite.PutApp put) {
      Optional<App> stored = Optional.ofNullable(apps.get(put.app().id()));
      check(write, stored.map(RecordRevision::of), "App " + put.app().id());
      apps.put(put.app().id(), put.app());
      writtenApps.add(put.app().id());
    } else if (write instanceof ReleaseWrite.PutRelease put) {
      checkRelease(write, put.release().id());
      releases.put(put.release().id(), put.release());
      writtenReleases.add(put.release().id());
    } else if (write instanceof ReleaseWrite.DeleteRelease delete) {
      checkRelease(write, delete.id());
      releases.remove(delete.id());
      writtenReleases.add(delete.id());
    }
  }

  private void checkRelease(ReleaseWrite write, ReleaseId id) {
    Optional<Release> stored = Optional.ofNullable(releases.get(id));
    check(write, stored.map(RecordRevision::of), "Release " + id);
  }

  private static void check(ReleaseWrite write, Optional<RecordRevision> stored, String record) {
    if (!write.expected().isMetBy(stored)) {
      throw new ReleaseConflictException(record);
    }
  }

  /** The ids of the apps that are written. */
  public Set<AppId> writtenApps() {
    return writtenApps;
  }

  /** The ids of the releases that are written or deleted. */
  public Set<ReleaseId> writtenReleases() {
    return writtenReleases;
  }

  /** All apps that were given as stored, and those that are written, as they are afterwards. */
  public Collection<App> apps() {
    return apps.values();
  }

  /** All releases that were given as stored, and those that are put, as they are afterwards. */
  public Collection<Release> releases() {
    return releases.values();
  }

  /** The ids that are to have no release. */
  public Set<ReleaseId> absent() {
    Set<ReleaseId> absent = new LinkedHashSet<>(writtenReleases);
    absent.removeAll(releases.keySet());
    return absent;
  }

  /**
   * Checks, among the records that were given as stored or are written, that no two have a name
   * that only one may have.
   *
   * @throws AlreadyTakenException if two have
   */
  public void checkNames() {
    Set<Slug> slugs = new HashSet<>();
    for (App app : apps.values()) {
      if (app.slug().isPresent() && !slugs.add(app.slug().get())) {
        throw AlreadyTakenException.slug(app.slug().get());
      }
    }
    Set<Place> places = new HashSet<>();
    for (Release release : releases.values()) {
      if (!places.add(Place.of(release))) {
        throw AlreadyTakenException.version(release);
      }
    }
  }
}
