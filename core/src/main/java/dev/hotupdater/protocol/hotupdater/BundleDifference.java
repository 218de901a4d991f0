package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.bundle.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that a device has to get to switch from one bundle to another, before it is known where
 * they can be downloaded. Immutable.
 *
 * <p>Source: Hot Updater protocol, "Bundle diffing (manifest)".
 *
 * @param files the files, in the order of the manifest
 */
record BundleDifference(List<ChangedFile> files) {
  BundleDifference {
    files = List.copyOf(files);
  }

  /**
   * A file that is new or has changed.
   *
   * @param path its path in the bundle
   * @param fileHash its hash
   * @param location where it is stored; absent if it is stored nowhere
   * @param patch a patch that makes it of the file that the device has
   */
  record ChangedFile(
      String path,
      String fileHash,
      Optional<AssetLocation> location,
      Optional<BundlePatch> patch) {}

  /**
   * The difference between two bundles.
   *
   * @param manifest the manifest of the target
   * @param running the bundle that the device runs, if that is known
   * @param installed the manifest of that bundle
   */
  static BundleDifference of(
      Bundle target, Manifest manifest, Optional<Bundle> running, Optional<Manifest> installed) {
    Optional<BundlePatch> patch = running.flatMap(base -> patch(target, base));
    Optional<String> script = manifest.scriptPath();
    Map<String, String> changed =
        installed.map(manifest::changedSince).orElse(manifest.fileHashes());
    List<ChangedFile> files = new ArrayList<>();
    changed.forEach(
        (path, hash) ->
            files.add(
                new ChangedFile(
                    path,
                    hash,
                    AssetLocation.of(target.assetBaseStorageUri().orElse(""), path, hash),
                    script.filter(path::equals).flatMap(p -> patch))));
    return new BundleDifference(files);
  }

  private static Optional<BundlePatch> patch(Bundle target, Bundle base) {
    return target.patches().stream()
        .filter(patch -> patch.baseBundleId().equals(base.id()))
        .findFirst();
  }

  /** About how many bytes it takes in memory. */
  long weight() {
    long weight = 0;
    for (ChangedFile file : files) {
      weight +=
          PER_FILE
              + file.path().length()
              + file.fileHash().length()
              + file.location().map(location -> location.uri().length()).orElse(0);
    }
    return weight;
  }

  private static final long PER_FILE = 200;
}
