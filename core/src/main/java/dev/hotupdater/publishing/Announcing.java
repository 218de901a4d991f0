package dev.hotupdater.publishing;

import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactState;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseRules;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.Storages;
import dev.hotupdater.storage.UploadAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Uploads that are announced, and that are not waited for any more. */
final class Announcing {
  private final Records records;
  private final ArtifactFiles files;
  private final Places places;
  private final Duration uploadLifetime;
  private final long maxArtifactBytes;

  Announcing(
      Records records,
      ArtifactFiles files,
      Places places,
      Duration uploadLifetime,
      long maxArtifactBytes) {
    this.records = records;
    this.files = files;
    this.places = places;
    this.uploadLifetime = uploadLifetime;
    this.maxArtifactBytes = maxArtifactBytes;
  }

  AnnouncedUpload announce(
      AppId appId, ReleaseId releaseId, NewArtifact described, RequestContext context) {
    if (described.fileSize() > maxArtifactBytes) {
      throw new ArtifactTooLargeException(maxArtifactBytes);
    }
    App app = records.appWithSlug(appId, context);
    Release release = records.release(appId, releaseId, context);
    ObjectKey key = places.upload(app.slug().orElseThrow(), release, described.target(), context);
    StorageUri uri = files.uri(key);
    Artifact announced = announced(app, release, described, uri);
    // Once before anything is touched, and once more where it counts.
    ReleaseRules.check(with(release, announced));
    UploadAddress address = files.uploadAddress(key, described.fileSize(), context);
    // What was uploaded before belongs to what was announced before.
    files.delete(uri, context);
    files.deleteIfPossible(formerUploads(release, announced), context);
    Instant expiry = later(address.expiry(), records.now().plus(uploadLifetime));
    Release changed =
        records.change(
            appId, releaseId, current -> with(current, expiring(announced, expiry)), context);
    return new AnnouncedUpload(changed.artifact(described.target()).orElseThrow(), address, key);
  }

  /** It was uploaded elsewhere if the app has another slug by now. */
  private static List<StorageUri> formerUploads(Release release, Artifact announced) {
    return release.artifact(announced.target()).stream()
        .map(Artifact::storageUri)
        .filter(uri -> !uri.equals(announced.storageUri()))
        .map(Storages::parse)
        .toList();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private Artifact announced(App app, Release release, NewArtifact described, StorageUri uri) {
    return new Artifact(
        ReleaseId.random(),
        described.target(),
        ArtifactState.PENDING,
        described.fileSize(),
        uri.toString(),
        described.claims().sha256(),
        described.fileName(),
        new SignatureRules(app, release.version())
            .readAll(described.claims().signatures(), described.fileSize()).stream()
                .map(GivenSignature::pending)
                .toList(),
        records.now(),
        records.now(),
        Metadata.empty());
  }

  private static Artifact expiring(Artifact artifact, Instant expiry) {
    return identified(artifact, artifact.id(), artifact.createdAt(), expiry);
  }

  private static Artifact identified(
      Artifact artifact, ReleaseId id, Instant createdAt, Instant expiry) {
    return new Artifact(
        id,
        artifact.target(),
        artifact.state(),
        artifact.size(),
        artifact.storageUri(),
        artifact.sha256(),
        artifact.fileName(),
        artifact.signatures(),
        createdAt,
        expiry,
        artifact.metadata());
  }

  /** The release with an artifact added, or announced anew. */
  private static Release with(Release release, Artifact announced) {
    ReleaseRules.checkAcceptsArtifacts(release);
    checkPlace(release, announced);
    Optional<Artifact> known = release.artifact(announced.target());
    if (known.isEmpty()) {
      return release.withArtifact(announced);
    }
    if (known.get().isReady()) {
      throw new ReleaseStateException(
          "The artifact "
              + announced.target()
              + " is ready. Bytes of a version never change: make a new one.");
    }
    return release.withArtifact(
        known.get().id(),
        before -> identified(announced, before.id(), before.createdAt(), announced.uploadExpiry()));
  }

  /** {@code a-b} and {@code c} read like {@code a} and {@code b-c}. */
  private static void checkPlace(Release release, Artifact announced) {
    ArtifactTarget target = announced.target();
    boolean isTaken =
        release.artifacts().stream()
            .anyMatch(
                other ->
                    !other.target().equals(target)
                        && other.target().toString().equals(target.toString()));
    if (isTaken) {
      throw new InvalidReleaseException(
          "target", "Another artifact reads as " + target + ", too. Choose another name.");
    }
  }

  void withdraw(ArtifactRef ref) {
    Release release = records.release(ref.app(), ref.release(), ref.context());
    Artifact artifact = Records.artifact(release, ref.artifact());
    checkPending(artifact);
    files.delete(Storages.parse(artifact.storageUri()), ref.context());
    records.change(
        ref.app(), ref.release(), current -> without(current, ref.artifact()), ref.context());
  }

  private static Release without(Release release, ReleaseId artifact) {
    checkPending(Records.artifact(release, artifact));
    return release.withoutArtifact(artifact);
  }

  private static void checkPending(Artifact artifact) {
    if (artifact.isReady()) {
      throw new ReleaseStateException(
          "The artifact "
              + artifact.target()
              + " is ready and stays. Yank or delete its release instead.");
    }
  }
}
