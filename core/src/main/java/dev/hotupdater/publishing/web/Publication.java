package dev.hotupdater.publishing.web;

import dev.hotupdater.catalog.AppRecords;
import dev.hotupdater.catalog.Releases;
import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.database.ReleaseConflictException;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseRules;
import dev.hotupdater.release.ReleaseStateException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one upload: what it is made of is stored first, and then one commit makes it known.
 * Whatever fails before that leaves nothing that a record refers to. Not thread-safe.
 */
final class Publication {
  private static final Logger log = LoggerFactory.getLogger(WebPublishing.class);

  private final AppId appId;
  private final Upload upload;
  private final Releases releases;
  private final Instant now;

  /** Whether a commit was tried that no later attempt has found to have come to nothing. */
  private boolean mayBeCommitted;

  Publication(AppId appId, Upload upload, Releases releases, Instant now) {
    this.appId = appId;
    this.upload = upload;
    this.releases = releases;
    this.now = now;
  }

  /** The storage, as a publication needs it. */
  interface Place {
    /** Prepares what an attempt stores below a release. */
    StoredUpload prepare(ReleaseId release);

    /** Deletes what the removal of a release may have left, as far as that is possible. */
    void clear(Release removed, AppRecords records);
  }

  PublishedBundle run(Place place) {
    AppRecords records = releases.records(appId);
    Placement placement = Placement.of(appId, upload, records);
    Optional<PublishedBundle> existing = placement.existing();
    if (existing.isPresent()) {
      return existing.get();
    }
    ReleaseId releaseId = placement.releaseId().orElseGet(ReleaseId::random);
    checkDescription(releaseId);
    // Once the release is back, no record says any more where that is.
    placement.removed().ifPresent(removed -> place.clear(removed, records));
    StoredUpload stored = place.prepare(releaseId);
    try {
      stored.store(records);
    } catch (RuntimeException | Error e) {
      stored.discard();
      throw e;
    }
    return commit(releaseId, stored);
  }

  /** Before anything is stored. */
  private void checkDescription(ReleaseId releaseId) {
    ReleaseRules.check(
        upload
            .described()
            .apply(
                Release.builder(releaseId, appId, upload.version(), now).channel(upload.channel()))
            .build());
  }

  private PublishedBundle commit(ReleaseId releaseId, StoredUpload stored) {
    AppRecords committed;
    try {
      committed = releases.changeRecords(appId, records -> placed(records, releaseId, stored));
    } catch (RuntimeException e) {
      if (mayBeCommitted) {
        return settled(stored, e);
      }
      stored.discard();
      throw e;
    }
    return find(committed, stored.artifactId())
        .orElseGet(
            () -> {
              stored.discard();
              return Placement.of(appId, upload, committed).existing().orElseThrow();
            });
  }

  /** Unchanged records if somebody else was faster with the same bytes. */
  private AppRecords placed(AppRecords records, ReleaseId releaseId, StoredUpload stored) {
    mayBeCommitted = false;
    Placement placement = Placement.of(appId, upload, records);
    if (placement.existing().isPresent()) {
      return records;
    }
    stored.complete(records);
    mayBeCommitted = true;
    return placement.with(stored.artifact(now), releaseId, now);
  }

  /** Whether it is certain that nothing was written. */
  private static boolean isRefusal(RuntimeException failure) {
    return failure instanceof ReleaseConflictException
        || failure instanceof AlreadyTakenException
        || failure instanceof InvalidReleaseException
        || failure instanceof ReleaseStateException;
  }

  private static Optional<PublishedBundle> find(AppRecords records, ReleaseId artifactId) {
    return records.releases().stream()
        .flatMap(
            release ->
                release
                    .artifact(artifactId)
                    .map(artifact -> new PublishedBundle(release, artifact, true))
                    .stream())
        .findFirst();
  }

  /**
   * What became of a commit that has failed. If it may still be on its way, the app is changed once
   * more: it then comes to nothing, and what was stored for it can go.
   */
  private PublishedBundle settled(StoredUpload stored, RuntimeException failure) {
    AppRecords after;
    try {
      after =
          isRefusal(failure)
              ? releases.records(appId)
              : releases.changeRecords(appId, records -> overtaken(records, stored));
    } catch (RuntimeException e) {
      log.warn(
          "It is not known whether {} of {} was published. If it was not, the objects of {} in the"
              + " storage are of no use",
          upload.version(),
          appId,
          stored.artifactId(),
          e);
      throw failure;
    }
    return find(after, stored.artifactId())
        .orElseThrow(
            () -> {
              stored.discard();
              return failure;
            });
  }

  private AppRecords overtaken(AppRecords records, StoredUpload stored) {
    if (find(records, stored.artifactId()).isPresent()) {
      return records;
    }
    App app = records.app().orElseGet(() -> App.create(appId, now));
    return records.with(app.withLiveUpdates(app.liveUpdates().nextSequence()));
  }
}
