package dev.hotupdater.publishing.web;

import dev.hotupdater.catalog.AppRecords;
import dev.hotupdater.catalog.Releases;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.liveupdate.Superseded;
import dev.hotupdater.liveupdate.UploadOrder;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.storage.StorageException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes releases: first it is written down that their bytes are gone, together with a change of
 * the app, and then they are deleted. So an upload that relies on some of them, and is committed
 * afterwards, finds another app than it has read. Safe for use by many threads.
 */
final class Removal {
  private static final Logger log = LoggerFactory.getLogger(WebPublishing.class);

  /** How many are removed with one commit; what is to be deleted with them is in memory. */
  private static final int BATCH = 8;

  private final BundleStorage storage;
  private final Manifests manifests;
  private final SharedFiles sharedFiles;

  Removal(BundleStorage storage, Manifests manifests, SharedFiles sharedFiles) {
    this.storage = storage;
    this.manifests = manifests;
    this.sharedFiles = sharedFiles;
  }

  Optional<Release> remove(Releases releases, AppId app, ReleaseId id, RequestContext context) {
    AppRecords after =
        releases.changeRecords(
            app,
            records ->
                records
                    .release(id)
                    .filter(
                        release ->
                            release.state() != ReleaseState.REMOVED || Superseded.is(release))
                    .map(release -> removed(records, List.of(release), Superseded::takenBack))
                    .orElse(records));
    Optional<Release> removed = after.release(id);
    removed.ifPresent(release -> deleteBytes(List.of(release), after, context));
    return removed;
  }

  /** Deletes what the removal of a release may have left. What stays is of no harm. */
  void clear(Release removed, AppRecords records, RequestContext context) {
    try {
      deleteBytes(List.of(removed), records, context);
    } catch (StorageException e) {
      log.warn("What the removal of {} has left could not be deleted", removed, e);
    }
  }

  List<Release> cleanUp(
      Releases releases, AppId app, Retention retention, Instant now, RequestContext context) {
    List<Release> removed = new ArrayList<>();
    for (List<Release> batch = removeSome(releases, app, retention, now, context);
        !batch.isEmpty();
        batch = removeSome(releases, app, retention, now, context)) {
      removed.addAll(batch);
    }
    return List.copyOf(removed);
  }

  private List<Release> removeSome(
      Releases releases, AppId app, Retention retention, Instant now, RequestContext context) {
    Set<ReleaseId> chosen = new HashSet<>();
    AppRecords after =
        releases.changeRecords(
            app,
            records -> {
              List<Release> superfluous =
                  RetentionRules.superfluous(records, retention, now).stream()
                      .limit(BATCH)
                      .toList();
              chosen.clear();
              superfluous.forEach(release -> chosen.add(release.id()));
              return superfluous.isEmpty()
                  ? records
                  : removed(records, superfluous, Superseded::removed);
            });
    List<Release> removed =
        after.releases().stream()
            .filter(release -> chosen.contains(release.id()))
            .sorted(UploadOrder.LAST_FIRST.reversed())
            .toList();
    deleteBytes(removed, after, context);
    return removed;
  }

  private static AppRecords removed(
      AppRecords records, Collection<Release> chosen, UnaryOperator<Release> removal) {
    App next = Activation.next(records);
    AppRecords changed = records.with(next);
    for (Release release : chosen) {
      Activation.requireDelivered(release);
      if (release.state() == ReleaseState.DRAFT) {
        throw new ReleaseStateException(
            "Version " + release.version() + " is a draft, which is not removed but deleted.");
      }
      changed = changed.with(removal.apply(release));
    }
    return changed;
  }

  /** The manifests go last: they tell what else is to be deleted when this is repeated. */
  private void deleteBytes(List<Release> removed, AppRecords records, RequestContext context) {
    Set<String> lists = new HashSet<>();
    Set<String> objects = new HashSet<>();
    for (Release release : removed) {
      Manifests.urisOf(release).forEach(lists::add);
      release.artifacts().stream().map(Artifact::storageUri).forEach(objects::add);
    }
    if (!records.isComplete()) {
      log.warn(
          "Some records of releases cannot be read, so that the files of removed ones are kept:"
              + " the others may need them. Repair the records, and remove {} again",
          removed);
      storage.deleteAll(objects, context);
      return;
    }
    Set<String> files = new HashSet<>();
    lists.forEach(list -> sharedFiles.uris(list, context).forEach(files::add));
    objects.addAll(sharedFiles.unused(files, records, context));
    storage.deleteAll(objects, context);
    storage.deleteAll(lists, context);
    lists.forEach(manifests::forget);
  }
}
