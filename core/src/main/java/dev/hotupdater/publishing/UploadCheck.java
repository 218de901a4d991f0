package dev.hotupdater.publishing;

import dev.hotupdater.publishing.ArtifactFiles.Copy;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.Storages;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies an upload to where its address does not lead, and checks what was copied. An upload that
 * is not what was announced is deleted, so that nobody hashes the same bytes again and again. One
 * that only the claims do not fit stays: whoever makes them may be wrong.
 */
final class UploadCheck {
  private static final Logger log = LoggerFactory.getLogger(ReleasePublishing.class);

  private final Records records;
  private final ArtifactFiles files;
  private final CopyPermits permits;

  /**
   * What an upload is checked against beyond its size and the hash that was announced.
   *
   * @param claimedHash the hash that was given to complete it
   * @param claimed the signatures that were given to complete it; they replace those announced
   * @param announced the signatures that were known before; used if none were given
   */
  record Expected(
      Optional<String> claimedHash, List<GivenSignature> claimed, List<GivenSignature> announced) {
    List<GivenSignature> signatures() {
      return claimed.isEmpty() ? announced : claimed;
    }
  }

  UploadCheck(Records records, ArtifactFiles files, CopyPermits permits) {
    this.records = records;
    this.files = files;
    this.permits = permits;
  }

  /**
   * The artifact as it is with a copy that has passed every check, and that nothing refers to yet.
   *
   * @throws ReleaseStateException if nothing was uploaded
   * @throws StorageUnavailableException if too many others are being checked
   * @throws UploadRejectedException if a check has failed; no copy is left
   */
  Artifact checkedCopy(ArtifactRef ref, Release release, Artifact artifact, Expected expected) {
    return permits.call(
        expected.signatures(), () -> checkedAtOnce(ref, release, artifact, expected));
  }

  private Artifact checkedAtOnce(
      ArtifactRef ref, Release release, Artifact artifact, Expected expected) {
    Copy copy = copy(ref, release, artifact, expected);
    try {
      String sha256 = copy.content().sha256();
      orRejected(ref, artifact, () -> checkAnnounced(artifact, copy, sha256, expected));
      checkClaims(copy, sha256, expected);
      return Rejection.removeFrom(
          artifact.ready(
              copy.uri().toString(),
              sha256,
              expected.signatures().stream().map(GivenSignature::verified).toList()));
    } catch (UploadRejectedException e) {
      files.deleteIfPossible(List.of(copy.uri()), ref.context());
      throw e;
    }
  }

  private Copy copy(ArtifactRef ref, Release release, Artifact artifact, Expected expected) {
    try {
      return orRejected(
          ref,
          artifact,
          () ->
              files.copy(
                  artifact, Places.copy(release, artifact), expected.signatures(), ref.context()));
    } catch (ObjectNotFoundException e) {
      throw notUploaded(artifact);
    }
  }

  private static boolean checkAnnounced(
      Artifact artifact, Copy copy, String sha256, Expected expected) {
    artifact
        .sha256()
        .filter(announced -> !announced.equals(sha256))
        .ifPresent(
            announced -> {
              throw new UploadRejectedException(
                  "The upload has the SHA-256 "
                      + sha256
                      + ", but "
                      + announced
                      + " was announced. Upload the file that was announced.");
            });
    if (expected.claimed().isEmpty()) {
      copy.content().verify();
    }
    return true;
  }

  private static void checkClaims(Copy copy, String sha256, Expected expected) {
    expected
        .claimedHash()
        .filter(claimed -> !claimed.equals(sha256))
        .ifPresent(
            claimed -> {
              throw new UploadRejectedException(
                  "The upload has the SHA-256 "
                      + sha256
                      + ", but "
                      + claimed
                      + " was given to complete it. Give the hash of what was uploaded, or upload"
                      + " the right file.");
            });
    if (!expected.claimed().isEmpty()) {
      copy.content().verify();
    }
  }

  /** Whatever fails here is the fault of the upload. */
  private <T> T orRejected(ArtifactRef ref, Artifact artifact, Supplier<T> check) {
    try {
      return check.get();
    } catch (UploadRejectedException e) {
      // What was announced anew in the meantime is another upload, and none of this one's matter.
      if (isRecorded(ref, artifact, e)) {
        files.deleteIfPossible(List.of(Storages.parse(artifact.storageUri())), ref.context());
      }
      throw e;
    }
  }

  private static ReleaseStateException notUploaded(Artifact artifact) {
    String before =
        Rejection.of(artifact).map(text -> " The last upload was rejected: " + text).orElse("");
    return new ReleaseStateException(
        "Nothing has been uploaded for "
            + artifact.target()
            + ". Upload the file to its address, or ask for a new one if that has expired."
            + before);
  }

  /** Keeps the reason for those who do not wait for the answer. */
  void record(ArtifactRef ref, Artifact artifact, UploadRejectedException rejection) {
    if (!isRecorded(ref, artifact, rejection)) {
      log.debug("{} has changed, so that its rejection is of no interest", artifact.id());
    }
  }

  /** Whether the artifact was found as it was checked, and the reason is kept with it. */
  private boolean isRecorded(
      ArtifactRef ref, Artifact artifact, UploadRejectedException rejection) {
    String reason = String.valueOf(rejection.getMessage());
    AtomicBoolean isUnchanged = new AtomicBoolean();
    try {
      records.change(
          ref.app(),
          ref.release(),
          release -> {
            isUnchanged.set(release.artifact(artifact.id()).filter(artifact::equals).isPresent());
            return isUnchanged.get()
                ? release.withArtifact(artifact.id(), now -> Rejection.addTo(now, reason))
                : release;
          },
          ref.context());
      return isUnchanged.get();
    } catch (RuntimeException e) {
      log.warn("It could not be stored that an upload was rejected: {}", reason, e);
      return false;
    }
  }
}
