package dev.hotupdater.protocol.capacitor.ota;

import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that was uploaded.
 *
 * @param release the version that it is of
 * @param artifact the file
 */
record Upload(Release release, Artifact artifact) {
  /** Its name in its address. */
  OtaKey key() {
    return new OtaKey(release.channel(), release.version(), artifact.target());
  }

  /** What a device compares it with: the encrypted checksum of an encrypted bundle. */
  String checksum() {
    return encryption()
        .map(WebArtifact.Encryption::checksum)
        .orElseGet(() -> artifact.sha256().orElseThrow());
  }

  /** How its publisher encrypted it; absent if it is not encrypted. */
  Optional<WebArtifact.Encryption> encryption() {
    return WebArtifact.is(artifact) ? WebArtifact.of(artifact).encryption() : Optional.empty();
  }

  /** When devices could get it for the first time. */
  Instant publishedAt() {
    return release.publishedAt().orElseGet(release::createdAt);
  }
}
