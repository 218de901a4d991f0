package dev.hotupdater.cli.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.release.ArtifactState;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Packaging;
import java.util.Optional;

/**
 * An artifact as the server has it.
 *
 * @param ready whether its bytes are there, checked, and never change any more
 * @param sha256 the SHA-256 of its bytes, in lower case; may be absent before they are there
 */
record RemoteArtifact(ArtifactTarget target, boolean ready, Optional<String> sha256) {

  /** The artifact in this JSON; empty if it is for something that this program does not know. */
  static Optional<RemoteArtifact> read(JsonNode json) {
    try {
      ArtifactTarget target =
          new ArtifactTarget(
              json.path("target").asText(),
              json.path("arch").asText(),
              text(json, "bundle_type"),
              text(json, "packaging").flatMap(Packaging::fromJsonName));
      return Optional.of(
          new RemoteArtifact(
              target,
              ArtifactState.READY.jsonName().equals(json.path("state").textValue()),
              text(json, "sha256")));
    } catch (InvalidReleaseException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonNode json, String field) {
    return Optional.ofNullable(json.path(field).textValue());
  }

  /** Whether nothing is left to do for a file with this SHA-256. */
  boolean isReadyWith(String hash) {
    return ready && sha256.equals(Optional.of(hash));
  }
}
