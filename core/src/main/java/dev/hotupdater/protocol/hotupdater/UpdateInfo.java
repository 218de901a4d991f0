package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.bundle.BundleId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a device that has to switch to another bundle. Source: Hot Updater protocol,
 * "Update check".
 *
 * @param id the bundle to switch to; {@link BundleId#NIL} for the one built into the app
 * @param status whether the bundle is newer or older than the running one
 * @param shouldForceUpdate whether to switch at once
 * @param message the publisher's note
 * @param archive the bundle's archive; absent for the bundle built into the app
 * @param changes what has changed since the running bundle; absent if only the archive can be had
 */
public record UpdateInfo(
    BundleId id,
    Status status,
    boolean shouldForceUpdate,
    Optional<String> message,
    Optional<Archive> archive,
    Optional<Changes> changes) {

  /** Whether a bundle is newer or older than the running one. */
  public enum Status {
    /** It is newer. */
    UPDATE,
    /** It is older, and the running one is not offered any more. */
    ROLLBACK
  }

  /**
   * A downloadable archive.
   *
   * @param fileHash its SHA-256 or signature
   * @param fileUrl where to download it
   */
  public record Archive(String fileHash, String fileUrl) {}

  /**
   * The files that differ from those of the running bundle.
   *
   * @param manifestUrl where to download the manifest of the new bundle
   * @param manifestFileHash the SHA-256 or signature of the manifest
   * @param assets the changed files by their path in the bundle
   */
  public record Changes(
      String manifestUrl, String manifestFileHash, Map<String, ChangedAsset> assets) {
    /** Copies the map and keeps its order. */
    public Changes {
      assets = Collections.unmodifiableMap(new LinkedHashMap<>(assets));
    }
  }

  /**
   * A changed file. At least one of the two ways to get it is there.
   *
   * @param fileHash the SHA-256 of the new file
   * @param file the whole file
   * @param patch a patch for the old file
   */
  public record ChangedAsset(
      String fileHash, Optional<AssetFile> file, Optional<AssetPatch> patch) {}

  /**
   * A whole file.
   *
   * @param url where to download it
   * @param brotli whether it is compressed with brotli
   */
  public record AssetFile(String url, boolean brotli) {}

  /**
   * A binary patch, made with bsdiff.
   *
   * @param baseBundleId the bundle whose file it applies to
   * @param baseFileHash the SHA-256 of that file
   * @param patchFileHash the SHA-256 of the patch
   * @param patchUrl where to download it
   */
  public record AssetPatch(
      BundleId baseBundleId, String baseFileHash, String patchFileHash, String patchUrl) {}
}
