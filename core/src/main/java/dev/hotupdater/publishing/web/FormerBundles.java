package dev.hotupdater.publishing.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.Release;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was published in a release before it was removed, for each target: a release that comes back
 * for one of them must not take other bytes for the others. Immutable.
 *
 * @param hashes the SHA-256 by the text of the target
 */
record FormerBundles(Map<String, String> hashes) {
  private static final String KEY = "former_bundles";

  /** What a release has, or had before. */
  static FormerBundles of(Release release) {
    Map<String, String> hashes = new TreeMap<>();
    JsonNode former = release.metadata().toObject().path(KEY);
    former.fieldNames().forEachRemaining(name -> hashes.put(name, former.path(name).asText()));
    release.artifacts().stream()
        .filter(Artifact::isReady)
        .forEach(
            artifact ->
                artifact
                    .sha256()
                    .ifPresent(sha256 -> hashes.put(artifact.target().toString(), sha256)));
    return new FormerBundles(hashes);
  }

  Optional<String> sha256(ArtifactTarget target) {
    return Optional.ofNullable(hashes.get(target.toString()));
  }

  /** The release, which keeps this in mind as far as its artifacts do not say it. */
  Release in(Release release) {
    ObjectNode former = JsonNodeFactory.instance.objectNode();
    hashes.forEach(former::put);
    release.artifacts().forEach(artifact -> former.remove(artifact.target().toString()));
    if (former.isEmpty()) {
      return release;
    }
    ObjectNode metadata = release.metadata().toObject();
    metadata.set(KEY, former);
    return release.toBuilder().metadata(Metadata.of(metadata)).build();
  }
}
