package dev.hotupdater.publishing;

import dev.hotupdater.publishing.ArtifactFiles.Copy;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.Storages;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies an upload to where its address does not lead, and checks what was copied. An upload that
 * is not what was announced is deleted, so that nobody hashes the same bytes again and again.
 */
final class UploadCheck {
  private static final Logger log = LoggerFactory.getLogger(ReleasePublishing.class);

  private final Records records;
  private final ArtifactFiles files;

  UploadCheck(Records records, ArtifactFiles files) {
    this.records = records;
    this.files = files;
  }

  /**
   * The artifact as it is with a copy that has passed every check, and that nothing refers to yet.
   *
   * @throws ReleaseStateException if nothing was uploaded
   * @throws UploadRejectedException if a check has failed; nothing is left of the upload
   */
  Artifact checkedCopy(
      ArtifactRef ref,
      Release release,
      Artifact artifact,
      Optional<String> claimedHash,
      List<GivenSignature> signatures) {
    try {
      Copy copy = files.copy(artifact, Places.copy(release, artifact), signatures, ref.context());
      String sha256 = checkedHash(ref, artifact, copy, claimedHash);
      return Rejection.removeFrom(
          artifact.ready(
              copy.uri().toString(),
              sha256,
              signatures.stream().map(GivenSignature::verified).toList()));
    } catch (ObjectNotFoundException e) {
      throw notUploaded(artifact);
    } catch (UploadRejectedException e) {
      record(ref, artifact, e);
      files.deleteIfPossible(List.of(Storages.parse(artifact.storageUri())), ref.context());
      throw e;
    }
  }

  private String checkedHash(
      ArtifactRef ref, Artifact artifact, Copy copy, Optional<String> claimed) {
    try {
      String sha256 = copy.content().sha256();
      checkHash(sha256, artifact.sha256());
      checkHash(sha256, claimed);
      copy.content().verify();
      return sha256;
    } catch (UploadRejectedException e) {
      files.deleteIfPossible(List.of(copy.uri()), ref.context());
      throw e;
    }
  }

  private static void checkHash(String found, Optional<String> expected) {
    if (expected.isPresent() && !expected.get().equals(found)) {
      throw new UploadRejectedException(
          "The upload has the SHA-256 "
              + found
              + ", but "
              + expected.get()
              + " was announced. Upload the file that was announced.");
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
    String reason = String.valueOf(rejection.getMessage());
    try {
      records.change(
          ref.app(),
          ref.release(),
          release ->
              release.withArtifact(
                  artifact.id(), now -> now.equals(artifact) ? Rejection.addTo(now, reason) : now),
          ref.context());
    } catch (RuntimeException e) {
      log.warn("It could not be stored that an upload was rejected: {}", reason, e);
    }
  }
}
