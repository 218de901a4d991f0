package dev.hotupdater.protocol.nativeupdate;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The addresses of files that clients are told: of this server, and always the same for the same
 * bytes, so that an interrupted download can go on. Such an address can be guessed, so that a
 * bundle that is not for everybody has a signed one of the storage instead. Immutable.
 */
final class Addresses {
  private final StorageAccess storage;
  private final String path;

  /**
   * Creates it.
   *
   * @param path where the routes are mounted, below the base path
   */
  Addresses(StorageAccess storage, String path) {
    this.storage = storage;
    this.path = path;
  }

  /** Where a client downloads, for a short time, a bundle that is not for everybody. */
  String restrictedBundle(Artifact artifact, RequestContext context) {
    return storage.withinDeadline(() -> storage.downloadUrl(artifact.storageUri(), context));
  }

  /** Where everybody downloads a bundle, for ever. */
  String bundle(Release release, Artifact artifact, RequestContext context) {
    String platform = artifact.target().target();
    String address =
        start(release, context)
            + "/bundles/"
            + encoded(release.version().toString())
            + "?channel="
            + encoded(release.channel());
    return platform.equals(WebArtifact.ANY_PLATFORM)
        ? address
        : address + "&platform=" + encoded(platform);
  }

  String androidPackage(Release release, RequestContext context) {
    return start(release, context) + "/packages/" + encoded(release.version().toString());
  }

  private String start(Release release, RequestContext context) {
    return storage.serverUrl(context) + path + "/apps/" + release.appId();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
