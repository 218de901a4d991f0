package dev.hotupdater.protocol.tauri;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.Slug;

/**
 * The addresses of artifacts that clients are told: of this server, and always the same, so that a
 * client may take its time between check and download, and sends its credentials here and not to a
 * storage. Immutable.
 *
 * <p>Source: Tauri protocol, sections 6 and 9.
 */
final class DownloadUrls {
  private final StorageAccess storage;
  private final String path;

  /**
   * Creates it.
   *
   * @param path where the routes are mounted, below the base path
   */
  DownloadUrls(StorageAccess storage, String path) {
    this.storage = storage;
    this.path = path;
  }

  /** What the addresses of an app begin with for whoever makes this request. */
  String start(Slug slug, RequestContext context) {
    return storage.serverUrl(context) + path + '/' + slug + "/download/";
  }

  /** The address of an artifact. */
  static String url(String start, Release release, Artifact artifact) {
    ArtifactTarget target = artifact.target();
    boolean isPlain = target.bundleType().isEmpty() && target.packaging().isEmpty();
    String rest = isPlain ? target.target() + '/' + target.arch() : artifact.id().value();
    return start + release.id() + '/' + rest;
  }
}
