package dev.hotupdater.protocol.tauri;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.Release;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a client is told of its update. Immutable.
 *
 * <p>Source: Tauri protocol, section 4. Clients refuse the whole answer if it has a field {@code
 * name}, take it for something else if it has {@code platforms}, and refuse a time that is empty or
 * has no seconds. Fields that they do not know are handed to the app.
 *
 * @param url where the client downloads it, absolute
 * @param published when it was published, in whole seconds
 * @param sha256 absent only if nobody knows it
 * @param format the kind of file, for clients that need to be told; absent if it has no name
 */
record UpdateManifest(
    String version,
    String url,
    String signature,
    String notes,
    Instant published,
    boolean mandatory,
    long size,
    Optional<String> sha256,
    String channel,
    Optional<String> format) {
  static UpdateManifest of(
      Release release, Artifact artifact, ArtifactSignature signature, String url) {
    return new UpdateManifest(
        release.version().toString(),
        url,
        signature.text(),
        release.notes(),
        published(release),
        release.mandatory(),
        artifact.size(),
        artifact.sha256(),
        release.channel(),
        PackagerFormat.of(artifact));
  }

  /** When a release was published, in whole seconds. */
  static Instant published(Release release) {
    return release.publishedAt().orElse(release.createdAt()).truncatedTo(ChronoUnit.SECONDS);
  }

  /** The fields that every client needs come first, in the order in which they are documented. */
  String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", version);
    json.put("url", url);
    json.put("signature", signature);
    json.put("notes", notes);
    json.put("pub_date", published.toString());
    json.put("mandatory", mandatory);
    json.put("size", size);
    sha256.ifPresent(hash -> json.put("sha256", hash));
    json.put("channel", channel);
    format.ifPresent(name -> json.put("format", name));
    return json.toString();
  }
}
