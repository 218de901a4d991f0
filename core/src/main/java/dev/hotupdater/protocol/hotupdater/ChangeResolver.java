package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.bundle.Manifest;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.AssetFile;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.AssetPatch;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.ChangedAsset;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.Changes;
import dev.hotupdater.storage.NoStorageException;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what has changed between two bundles, and where the changed files are. What is missing or
 * unreadable makes the answer fall back to the archive; a storage that fails is an error.
 *
 * <p>Source: Hot Updater protocol, "Bundle diffing (manifest)".
 */
final class ChangeResolver {
  private static final Logger log = LoggerFactory.getLogger(ChangeResolver.class);

  private final StorageAccess storage;
  private final RequestContext context;

  ChangeResolver(StorageAccess storage, RequestContext context) {
    this.storage = storage;
    this.context = context;
  }

  Optional<Changes> resolve(Bundle target, Optional<Bundle> running) {
    if (target.manifestStorageUri().isEmpty()
        || target.manifestFileHash().isEmpty()
        || target.assetBaseStorageUri().isEmpty()) {
      return Optional.empty();
    }
    String manifestUri = target.manifestStorageUri().get();
    Optional<String> manifestUrl = url(manifestUri);
    Optional<Manifest> manifest = manifest(manifestUri);
    if (manifestUrl.isEmpty() || manifest.isEmpty()) {
      log.warn("{} has no readable manifest; devices get the archive", target);
      return Optional.empty();
    }
    Optional<Manifest> installed =
        running.flatMap(Bundle::manifestStorageUri).flatMap(this::manifest);
    return assets(target, manifest.get(), installed, running)
        .map(assets -> new Changes(manifestUrl.get(), target.manifestFileHash().get(), assets));
  }

  /** The changed files; empty if one of them can be had neither whole nor as a patch. */
  private Optional<Map<String, ChangedAsset>> assets(
      Bundle target, Manifest manifest, Optional<Manifest> installed, Optional<Bundle> running) {
    Optional<AssetPatch> patch = running.flatMap(base -> patch(target, base));
    Optional<String> patchedPath = patch.flatMap(p -> manifest.scriptPath());
    Map<String, String> changed =
        installed.map(manifest::changedSince).orElse(manifest.fileHashes());
    Map<String, ChangedAsset> assets = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : changed.entrySet()) {
      String path = entry.getKey();
      String hash = entry.getValue();
      Optional<AssetPatch> ownPatch = patchedPath.filter(path::equals).flatMap(p -> patch);
      Optional<AssetLocation> location =
          AssetLocation.of(target.assetBaseStorageUri().orElse(""), path, hash);
      Optional<AssetFile> file = ownPatch.isPresent() ? fileBesidePatch(location) : file(location);
      if (file.isEmpty() && ownPatch.isEmpty()) {
        log.warn("A file of {} cannot be resolved; devices get the archive: {}", target, path);
        return Optional.empty();
      }
      assets.put(path, new ChangedAsset(hash, file, ownPatch));
    }
    return Optional.of(assets);
  }

  private Optional<AssetFile> file(Optional<AssetLocation> location) {
    return location.flatMap(l -> url(l.uri()).map(url -> new AssetFile(url, l.brotli())));
  }

  /** With a patch at hand the device can do without the whole file, whatever keeps it away. */
  private Optional<AssetFile> fileBesidePatch(Optional<AssetLocation> location) {
    try {
      return file(location);
    } catch (StorageException e) {
      log.warn("A whole file cannot be addressed; devices get its patch alone", e);
      return Optional.empty();
    }
  }

  private Optional<AssetPatch> patch(Bundle target, Bundle base) {
    for (BundlePatch patch : target.patches()) {
      if (patch.baseBundleId().equals(base.id())) {
        return url(patch.patchStorageUri())
            .map(
                url ->
                    new AssetPatch(
                        patch.baseBundleId(), patch.baseFileHash(), patch.patchFileHash(), url));
      }
    }
    return Optional.empty();
  }

  private Optional<Manifest> manifest(String uri) {
    try {
      return storage.readText(uri, context).flatMap(Manifest::parse);
    } catch (NoStorageException e) {
      return Optional.empty();
    }
  }

  /**
   * A download address, or nothing if there is none to be had; a storage that is away is an error.
   */
  private Optional<String> url(String uri) {
    try {
      return Optional.of(storage.downloadUrl(uri, context));
    } catch (StorageUnavailableException e) {
      throw e;
    } catch (StorageException e) {
      log.warn("A storage gives no download address for a file of a bundle", e);
      return Optional.empty();
    }
  }
}
