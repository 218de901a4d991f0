package dev.hotupdater.s3.database;

import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.database.ReleaseConflictException;
import dev.hotupdater.database.ReleasePlan;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Works out what writes come to. The root has all that makes apps and releases unique, so only
 * those that have to be what the writer has read are read again.
 */
final class ReleasePlanner {
  private final RecordObjects<App> apps;
  private final RecordObjects<Release> releases;

  ReleasePlanner(RecordObjects<App> apps, RecordObjects<Release> releases) {
    this.apps = apps;
    this.releases = releases;
  }

  /**
   * Plans the writes.
   *
   * @throws ReleaseConflictException if a write expects another record
   * @throws AlreadyTakenException if two records would have a name that only one may have
   * @throws Reading.UnreadableRecordException if a record that a write expects cannot be read
   */
  ReleasePlan plan(List<ReleaseWrite> writes, ReleaseRoot root) {
    Stored stored = new Stored(root);
    writes.forEach(stored::readExpected);
    ReleasePlan plan = ReleasePlan.of(writes, stored.storedApps, stored.storedReleases);
    plan.checkNames();
    return plan;
  }

  /** What the root lists, in outlines where that is enough. */
  private final class Stored {
    private final ReleaseRoot root;
    private final Map<AppId, App> storedApps = new HashMap<>();
    private final Map<ReleaseId, Release> storedReleases = new HashMap<>();

    Stored(ReleaseRoot root) {
      this.root = root;
      root.apps().forEach((id, entry) -> entry.outline().ifPresent(app -> storedApps.put(id, app)));
      root.releases()
          .forEach(
              (id, entry) -> entry.outline().ifPresent(release -> storedReleases.put(id, release)));
    }

    void readExpected(ReleaseWrite write) {
      if (write.expected() instanceof ReleaseWrite.Anything) {
        return;
      }
      if (write instanceof ReleaseWrite.PutApp put) {
        AppId id = put.app().id();
        root.app(id)
            .filter(entry -> isNeeded(entry, write))
            .ifPresent(entry -> storedApps.put(id, apps.read(entry).orThrow()));
      } else if (write instanceof ReleaseWrite.PutRelease put) {
        readExpected(put.release().id(), write);
      } else if (write instanceof ReleaseWrite.DeleteRelease delete) {
        readExpected(delete.id(), write);
      }
    }

    private void readExpected(ReleaseId id, ReleaseWrite write) {
      root.release(id)
          .filter(entry -> isNeeded(entry, write))
          .ifPresent(entry -> storedReleases.put(id, releases.read(entry).orThrow()));
    }

    /**
     * That there is one is known from its outline; one without an outline cannot be read either.
     */
    private static boolean isNeeded(RootEntry<?> entry, ReleaseWrite write) {
      return write.expected() instanceof ReleaseWrite.Unchanged || entry.outline().isEmpty();
    }
  }
}
