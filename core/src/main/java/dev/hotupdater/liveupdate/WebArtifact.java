package dev.hotupdater.liveupdate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.JsonFields;
import dev.hotupdater.release.Release;
import java.util.Optional;

/**
 * What is known of the zip of a web bundle beyond its size and SHA-256; an artifact keeps it in its
 * metadata. Immutable.
 *
 * @param crc32 the CRC-32 of its bytes, 8 hexadecimal digits in lower case, the checksum of old
 *     clients
 * @param encryption how it was encrypted by its publisher; absent if it was not
 * @param manifestUri where the {@link FileManifest} is; absent if it has none
 * @param rootFolder the folder in the zip that its {@code index.html} lies in; absent if that lies
 *     in none, or it is not known where it lies
 */
public record WebArtifact(
    String crc32,
    Optional<Encryption> encryption,
    Optional<String> manifestUri,
    Optional<String> rootFolder) {
  /** The platform of a bundle for all of them. */
  public static final String ANY_PLATFORM = "any";

  private static final String ARCH = "web";
  private static final String KEY = "web";

  /**
   * What a device needs to decrypt a bundle. This server passes it on and knows no key. Source:
   * Capacitor protocols, section A5.
   *
   * @param sessionKey the encrypted key of the file
   * @param checksum the encrypted checksum of the plain zip
   * @param keyId which public key an app must have; absent if its publisher did not tell
   */
  public record Encryption(String sessionKey, String checksum, Optional<String> keyId) {
    /** Refuses null. */
    public Encryption {
      requireNonNull(sessionKey, "sessionKey");
      requireNonNull(checksum, "checksum");
    }
  }

  /** Refuses null. */
  public WebArtifact {
    requireNonNull(crc32, "crc32");
  }

  /** The target of a web bundle for a platform, or for {@link #ANY_PLATFORM}. */
  public static ArtifactTarget target(String platform) {
    return ArtifactTarget.of(platform, ARCH);
  }

  /** Whether a release has a web bundle. */
  public static boolean isIn(Release release) {
    return release.artifacts().stream().anyMatch(WebArtifact::is);
  }

  /** Whether an artifact is a web bundle. */
  public static boolean is(Artifact artifact) {
    return artifact.target().arch().equals(ARCH);
  }

  /** The web bundle of a release that a platform gets: its own, or else the one for all. */
  public static Optional<Artifact> in(Release release, String platform) {
    return ready(release, platform).or(() -> ready(release, ANY_PLATFORM));
  }

  private static Optional<Artifact> ready(Release release, String platform) {
    return release.artifacts().stream()
        .filter(Artifact::isReady)
        .filter(artifact -> is(artifact) && artifact.target().target().equals(platform))
        .findFirst();
  }

  /**
   * What an artifact says of its zip.
   *
   * @throws dev.hotupdater.release.InvalidReleaseException if its metadata is not of a web bundle
   */
  public static WebArtifact of(Artifact artifact) {
    JsonFields fields = JsonFields.of(artifact.metadata().toObject()).object(KEY);
    return new WebArtifact(
        fields.text("crc32"),
        fields
            .optionalText("session_key")
            .map(
                sessionKey ->
                    new Encryption(
                        sessionKey, fields.text("checksum"), fields.optionalText("key_id"))),
        fields.optionalText("manifest_uri"),
        fields.optionalText("root_folder"));
  }

  /** This as the metadata of an artifact. */
  public Metadata toMetadata() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode web = json.putObject(KEY);
    web.put("crc32", crc32);
    encryption.ifPresent(
        how -> {
          web.put("session_key", how.sessionKey());
          web.put("checksum", how.checksum());
          how.keyId().ifPresent(id -> web.put("key_id", id));
        });
    manifestUri.ifPresent(uri -> web.put("manifest_uri", uri));
    rootFolder.ifPresent(folder -> web.put("root_folder", folder));
    return Metadata.of(json);
  }
}
