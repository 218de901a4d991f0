package dev.hotupdater.publishing;

import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.liveupdate.AppPackage;
import dev.hotupdater.liveupdate.WebArtifact;
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
import java.util.ArrayList;
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
    ObjectKey uploads =
        places.uploads(app.slug().orElseThrow(), release, described.target(), context);
    ObjectKey key = Places.upload(uploads);
    StorageUri uri = files.uri(key);
    Artifact announced = announced(app, release, described, uri);
    // Once before anything is touched, and once more where it counts.
    ReleaseRules.check(with(release, announced));
    UploadAddress address = files.uploadAddress(key, described.fileSize(), context);
    Instant expiry = later(address.expiry(), records.now().plus(uploadLifetime));
    List<StorageUri> former = new ArrayList<>();
    Release changed =
        records.change(
            appId,
            releaseId,
            current -> {
              former.clear();
              former.addAll(uploads(current.artifact(described.target())));
              return with(current, expiring(announced, expiry));
            },
            context);
    // What was uploaded before belongs to what was announced before.
    files.deleteIfPossible(former, context);
    return new AnnouncedUpload(
        changed.artifact(described.target()).orElseThrow(), address, uploads);
  }

  private static List<StorageUri> uploads(Optional<Artifact> artifact) {
    return artifact.map(Artifact::storageUri).map(Storages::parse).stream().toList();
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
    return artifact.identifiedBy(artifact.id(), artifact.createdAt(), expiry);
  }

  /** The release with an artifact added, or announced anew. */
  private static Release with(Release release, Artifact announced) {
    ReleaseRules.checkAcceptsArtifacts(release);
    if (WebArtifact.isIn(release) || AppPackage.isIn(release)) {
      throw new ReleaseStateException(
          "The release has web bundles or packages, which are published by themselves. Use another"
              + " channel, or another app id, for other files.");
    }
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
        before ->
            announced.identifiedBy(before.id(), before.createdAt(), announced.uploadExpiry()));
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
    withdraw(ref, Records.artifact(release, ref.artifact()));
  }

  /**
   * Takes back an announcement, and deletes its upload after that: a failure in between leaves an
   * object that nobody needs, and never a record of an upload that is gone.
   *
   * @param announced the artifact with the announcement that is meant
   * @throws ReleaseStateException if it is ready, or was announced anew
   */
  void withdraw(ArtifactRef ref, Artifact announced) {
    records.change(ref.app(), ref.release(), current -> without(current, announced), ref.context());
    files.deleteIfPossible(uploads(Optional.of(announced)), ref.context());
  }

  private static Release without(Release release, Artifact announced) {
    Artifact current = Records.artifact(release, announced.id());
    checkPending(current);
    if (!isSameAnnouncement(current, announced)) {
      throw new ReleaseStateException(
          "The artifact " + current.target() + " was announced anew, and is waited for again.");
    }
    return release.withoutArtifact(announced.id());
  }

  private static boolean isSameAnnouncement(Artifact one, Artifact other) {
    return one.storageUri().equals(other.storageUri())
        && one.uploadExpiry().equals(other.uploadExpiry());
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
