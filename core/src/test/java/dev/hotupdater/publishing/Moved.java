package dev.hotupdater.publishing;

import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;

/** Records of a server that had another storage. */
final class Moved {
  private Moved() {}

  /** The release with its files in a storage that the server of the test has not. */
  static Release release(Release release) {
    return release.toBuilder()
        .artifacts(release.artifacts().stream().map(Moved::artifact).toList())
        .build();
  }

  private static Artifact artifact(Artifact artifact) {
    return new Artifact(
        artifact.id(),
        artifact.target(),
        artifact.state(),
        artifact.size(),
        "gone://bucket/" + artifact.id(),
        artifact.sha256(),
        artifact.fileName(),
        artifact.signatures(),
        artifact.createdAt(),
        artifact.uploadExpiry(),
        artifact.metadata());
  }
}
