package dev.hotupdater.publishing.web;

import dev.hotupdater.catalog.AppRecords;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseRules;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseStateException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where an upload belongs among the releases of its app: nowhere, if its version has other bytes
 * already. Immutable.
 */
final class Placement {
  private final AppId appId;
  private final Upload upload;
  private final AppRecords records;
  private final Optional<Release> release;

  private Placement(AppId appId, Upload upload, AppRecords records, Optional<Release> release) {
    this.appId = appId;
    this.upload = upload;
    this.records = records;
    this.release = release;
  }

  /**
   * Where it belongs.
   *
   * @throws BundleConflictException if its version was published with other bytes, on any channel
   * @throws ReleaseStateException if its release is in a state in which nothing can be published
   */
  static Placement of(AppId appId, Upload upload, AppRecords records) {
    List<Release> sameVersion =
        records.releases().stream()
            .filter(release -> release.version().equals(upload.version()))
            .toList();
    sameVersion.forEach(each -> requireSameBytes(each, upload));
    Optional<Release> release =
        sameVersion.stream().filter(each -> each.channel().equals(upload.channel())).findFirst();
    release.ifPresent(each -> requireOpen(each, upload));
    return new Placement(appId, upload, records, release);
  }

  private static void requireSameBytes(Release release, Upload upload) {
    String sha256 = upload.bytes().sha256();
    FormerBundles.of(release)
        .sha256(upload.target())
        .filter(former -> !former.equals(sha256))
        .ifPresent(
            former -> {
              throw BundleConflictException.of(release, upload.target());
            });
  }

  private static void requireOpen(Release release, Upload upload) {
    switch (release.state()) {
      case DRAFT ->
          throw new ReleaseStateException(
              "Version "
                  + release.version()
                  + " is a draft on this channel. Publish or delete the draft first, or use a new"
                  + " version.");
      case YANKED ->
          throw new ReleaseStateException(
              "Version "
                  + release.version()
                  + " was taken back on this channel. Use a new version.");
      case PUBLISHED -> requireFree(release, upload);
      case REMOVED -> requireKnown(release, upload);
    }
  }

  /** A version comes back for a platform that it was there for when it was removed. */
  private static void requireKnown(Release release, Upload upload) {
    if (release.artifact(upload.target()).isEmpty()) {
      throw new ReleaseStateException(
          "Version "
              + release.version()
              + " was removed when it had nothing for "
              + upload.target()
              + ". Use a new version.");
    }
  }

  private static void requireFree(Release release, Upload upload) {
    Activation.requireDelivered(release);
    Optional<Artifact> there = release.artifact(upload.target());
    if (there.isEmpty()) {
      ReleaseRules.checkAcceptsArtifacts(release);
    } else if (!there.get().isReady()) {
      throw new ReleaseStateException(
          "An upload of version "
              + release.version()
              + " for "
              + upload.target()
              + " was announced. Complete or withdraw it first, or use a new version.");
    }
  }

  /** What was published there before, with the same bytes; empty if it is to be published now. */
  Optional<PublishedBundle> existing() {
    return release
        .filter(each -> each.state() == ReleaseState.PUBLISHED)
        .flatMap(
            each ->
                each.artifact(upload.target())
                    .map(artifact -> new PublishedBundle(each, artifact, false)));
  }

  /** The release that it brings back; empty if it does not. */
  Optional<Release> removed() {
    return release.filter(each -> each.state() == ReleaseState.REMOVED);
  }

  /** The release that it comes into; empty if it will have one of its own. */
  Optional<ReleaseId> releaseId() {
    return release.map(Release::id);
  }

  /**
   * The records with the upload published. The app changes with every upload, so that of two at the
   * same time one sees the other.
   *
   * @param newId the id of the release, if it will have one of its own
   */
  AppRecords with(Artifact artifact, ReleaseId newId, Instant now) {
    App app = records.app().orElseGet(() -> App.create(appId, now));
    App next = app.withLiveUpdates(app.liveUpdates().nextSequence());
    long sequence = next.liveUpdates().sequence();
    Release published =
        release
            .map(each -> into(each, artifact, sequence, now))
            .orElseGet(() -> described(newBuilder(newId, now), artifact, sequence).published(now));
    return records.with(next).with(published);
  }

  private Release into(Release existing, Artifact artifact, long sequence, Instant now) {
    if (existing.state() == ReleaseState.REMOVED) {
      Release again = described(existing.toBuilder(), artifact, sequence).published(now);
      return FormerBundles.of(existing).in(again);
    }
    Release added = existing.withArtifact(artifact);
    return existing.sequence() > 0 ? added : added.toBuilder().sequence(sequence).build();
  }

  private Release.Builder newBuilder(ReleaseId newId, Instant now) {
    return Release.builder(newId, appId, upload.version(), now).channel(upload.channel());
  }

  private Release described(Release.Builder builder, Artifact artifact, long sequence) {
    return upload
        .described()
        .apply(builder)
        .sequence(sequence)
        .artifacts(List.of(artifact))
        .build();
  }
}
