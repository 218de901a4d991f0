package dev.hotupdater.publishing;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.InvalidReleaseException;
import java.util.Optional;

/**
 * An artifact that is about to be uploaded. Immutable.
 *
 * @param target what it is for
 * @param fileSize its exact size in bytes, at least 1
 * @param fileName the name that a client should save it under; absent if it does not matter
 * @param claims what else is known of its bytes
 */
public record NewArtifact(
    ArtifactTarget target, long fileSize, Optional<String> fileName, UploadClaims claims) {
  /** Checks the size. */
  public NewArtifact {
    requireNonNull(target, "target");
    requireNonNull(claims, "claims");
    if (fileSize < 1) {
      throw new InvalidReleaseException("file_size", "The field 'file_size' must be at least 1.");
    }
  }

  /**
   * An artifact of which nothing else is known.
   *
   * @throws InvalidReleaseException if the size is not positive
   */
  public static NewArtifact of(ArtifactTarget target, long fileSize) {
    return new NewArtifact(target, fileSize, Optional.empty(), UploadClaims.none());
  }
}
