package dev.hotupdater.catalog;

import static java.util.Collections.unmodifiableMap;
import static java.util.Objects.requireNonNull;

import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An app and all its releases, as the database has them at one point in time, or as they are to
 * become. Immutable.
 */
public final class AppRecords {
  private final AppId id;
  private final Optional<App> app;
  private final Map<ReleaseId, Release> releases;
  private final boolean isComplete;

  private AppRecords(
      AppId id, Optional<App> app, Map<ReleaseId, Release> releases, boolean isComplete) {
    this.id = id;
    this.app = app;
    this.releases = unmodifiableMap(releases);
    this.isComplete = isComplete;
  }

  static AppRecords of(AppId id, ReleaseSnapshot snapshot) {
    requireNonNull(id, "id");
    Map<ReleaseId, Release> releases = new LinkedHashMap<>();
    snapshot.releases().stream()
        .filter(release -> release.appId().equals(id))
        .forEach(release -> releases.put(release.id(), release));
    return new AppRecords(
        id,
        snapshot.apps().stream().filter(app -> app.id().equals(id)).findFirst(),
        releases,
        snapshot.unreadable() == 0);
  }

  /** The app; empty if there is none. */
  public Optional<App> app() {
    return app;
  }

  /** The releases of the app, in any state and any order. */
  public Collection<Release> releases() {
    return releases.values();
  }

  /** The release with this id; empty if the app has none. */
  public Optional<Release> release(ReleaseId release) {
    return Optional.ofNullable(releases.get(release));
  }

  /**
   * Whether every record in the database could be read. If not, there may be releases of the app
   * that are missing here.
   */
  public boolean isComplete() {
    return isComplete;
  }

  /** These records with the app as it is given. */
  public AppRecords with(App changed) {
    requireThisApp(changed.id());
    return new AppRecords(id, Optional.of(changed), releases, isComplete);
  }

  /** These records with a release as it is given, which takes the place of one with the same id. */
  public AppRecords with(Release changed) {
    requireThisApp(changed.appId());
    Map<ReleaseId, Release> all = new LinkedHashMap<>(releases);
    all.put(changed.id(), changed);
    return new AppRecords(id, app, all, isComplete);
  }

  private void requireThisApp(AppId other) {
    if (!other.equals(id)) {
      throw new IllegalArgumentException("These are the records of " + id + ", not of " + other);
    }
  }

  /** What makes these records of what was read; nothing is stored over what has changed since. */
  List<ReleaseWrite> writesAfter(AppRecords read) {
    List<ReleaseWrite> writes = new ArrayList<>();
    app.filter(changed -> !read.app.equals(Optional.of(changed)))
        .map(
            changed ->
                read.app
                    .map(before -> ReleaseWrite.replace(changed, before))
                    .orElseGet(() -> ReleaseWrite.create(changed)))
        .ifPresent(writes::add);
    for (Release changed : releases.values()) {
      Optional<Release> before = read.release(changed.id());
      if (!before.equals(Optional.of(changed))) {
        ReleaseRules.check(changed);
        before.ifPresent(release -> ReleaseRules.checkChange(release, changed));
        writes.add(
            before
                .map(release -> ReleaseWrite.replace(changed, release))
                .orElseGet(() -> ReleaseWrite.create(changed)));
      }
    }
    return writes;
  }
}
