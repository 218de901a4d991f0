package dev.hotupdater.publishing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.release.Artifact;
import java.util.Optional;

/**
 * Why the last upload of an artifact was rejected. It is kept in the artifact's metadata, so that
 * publishers who do not wait for the answer find it.
 */
final class Rejection {
  private static final String FIELD = "rejection";
  private static final int MAX_LENGTH = 1_000;

  private Rejection() {}

  static Optional<String> of(Artifact artifact) {
    return Optional.ofNullable(artifact.metadata().toObject().get(FIELD))
        .map(text -> text.asText());
  }

  static Artifact addTo(Artifact artifact, String message) {
    ObjectNode metadata = artifact.metadata().toObject();
    metadata.put(FIELD, shortened(message));
    return artifact.withMetadata(Metadata.of(metadata));
  }

  /** In whole characters: half of one could not be stored. */
  private static String shortened(String message) {
    return message
        .codePoints()
        .limit(MAX_LENGTH)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  static Artifact removeFrom(Artifact artifact) {
    ObjectNode metadata = artifact.metadata().toObject();
    metadata.remove(FIELD);
    return artifact.withMetadata(Metadata.of(metadata));
  }
}
