package dev.hotupdater.protocol.capacitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.liveupdate.LiveUpdateDecision.Offer;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.liveupdate.WebArtifact.Encryption;
import dev.hotupdater.protocol.ServedAddress;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a client is told of its update.
 *
 * <p>Source: Capacitor protocols, section A2: every field has exactly the type that clients expect,
 * or they refuse the whole; {@code error}, {@code kind}, {@code message} and {@code data} mean
 * something else to them, and {@code breaking} that they should not install it. There is no field
 * for a release that is mandatory: when a client installs it is up to its app.
 */
final class OfferJson {
  private static final String LINK = "link";

  private OfferJson() {}

  static ObjectNode of(
      Offer offer,
      String url,
      WebArtifact web,
      OfferShape shape,
      List<DeltaFile> files,
      Function<String, ServedAddress> addresses) {
    Release release = offer.release();
    ObjectNode json = Answers.object();
    json.put("version", release.version().toString());
    json.put("url", url);
    json.put("checksum", checksum(offer.artifact(), web, shape));
    Optional<String> sessionKey = web.encryption().map(Encryption::sessionKey);
    if (sessionKey.isPresent() || shape.hasSessionKey()) {
      json.put("session_key", sessionKey.orElse(""));
    }
    if (!files.isEmpty()) {
      addFiles(json.putArray("manifest"), files, addresses);
    }
    if (shape.hasNotes()) {
      link(release).ifPresent(link -> json.put(LINK, link));
      Optional.of(release.notes())
          .filter(notes -> !notes.isBlank())
          .ifPresent(notes -> json.put("comment", notes));
    }
    return json;
  }

  private static String checksum(Artifact artifact, WebArtifact web, OfferShape shape) {
    if (web.encryption().isPresent()) {
      return web.encryption().get().checksum();
    }
    return switch (shape.checksum()) {
      case SHA_256 -> artifact.sha256().orElseThrow();
      case CRC_32 -> web.crc32();
    };
  }

  private static void addFiles(
      ArrayNode array, List<DeltaFile> files, Function<String, ServedAddress> addresses) {
    for (DeltaFile file : files) {
      array
          .addObject()
          .put("file_name", file.name())
          .put("file_hash", file.sha256())
          .put("download_url", addresses.apply(file.uri()).url());
    }
  }

  private static Optional<String> link(Release release) {
    return Optional.ofNullable(release.metadata().toObject().get(LINK))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> !text.isBlank());
  }
}
