package dev.hotupdater.s3.database;

import dev.hotupdater.database.ReleasePlan;
import dev.hotupdater.database.Revision;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.AppJson;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A commit before it is made.
 *
 * @param root the root that it leads to
 * @param apps the apps that have to be written before it
 * @param releases the releases that have to be written before it
 */
record ReleaseDraft(
    ReleaseRoot root, List<NewRecord<App>> apps, List<NewRecord<Release>> releases) {
  /** What a plan comes to. */
  static ReleaseDraft of(ReleasePlan plan, ReleaseRoot before, Revision revision) {
    Map<AppId, AppEntry> apps = new TreeMap<>(before.apps());
    List<NewRecord<App>> newApps = new ArrayList<>();
    for (App app : plan.apps()) {
      if (plan.writtenApps().contains(app.id())) {
        String content = AppJson.write(app).toString();
        AppEntry entry = AppEntry.of(app, RecordName.of(content, revision));
        apps.put(app.id(), entry);
        newApps.add(new NewRecord<>(entry, content));
      }
    }
    Map<ReleaseId, ReleaseEntry> releases = new TreeMap<>(before.releases());
    releases.keySet().removeAll(plan.absent());
    List<NewRecord<Release>> newReleases = new ArrayList<>();
    for (Release release : plan.releases()) {
      if (plan.writtenReleases().contains(release.id())) {
        String content = ReleaseJson.write(release).toString();
        ReleaseEntry entry = ReleaseEntry.of(release, RecordName.of(content, revision));
        releases.put(release.id(), entry);
        newReleases.add(new NewRecord<>(entry, content));
      }
    }
    return new ReleaseDraft(before.next(revision, apps, releases), newApps, newReleases);
  }
}
