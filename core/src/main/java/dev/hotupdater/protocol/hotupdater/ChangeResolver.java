package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.Lifetime;
import dev.hotupdater.protocol.ServedAddress;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.protocol.hotupdater.BundleDifference.ChangedFile;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.AssetFile;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.AssetPatch;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.ChangedAsset;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.Changes;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where the files that differ between two bundles can be downloaded. What is missing makes
 * the answer fall back to the archive; a storage that fails is an error. For one answer and one
 * thread.
 *
 * <p>Source: Hot Updater protocol, "Bundle diffing (manifest)".
 */
final class ChangeResolver {
  private static final Logger log = LoggerFactory.getLogger(ChangeResolver.class);

  private final StorageAccess storage;
  private final BundleDifferences differences;
  private final RequestContext context;
  private Function<String, ServedAddress> addresses;
  private Lifetime lifetime = Lifetime.UNLIMITED;

  ChangeResolver(StorageAccess storage, BundleDifferences differences, RequestContext context) {
    this.storage = storage;
    this.differences = differences;
    this.context = context;
    addresses = uri -> storage.downloadAddress(uri, context);
  }

  /** For how long everything that was found so far is handed out. */
  Lifetime lifetime() {
    return lifetime;
  }

  /**
   * The address of the archive.
   *
   * @throws StorageException if there is none
   */
  String archiveUrl(Bundle target) {
    return address(target.storageUri());
  }

  /** The files that differ, with their addresses; empty if the device needs the archive. */
  Optional<Changes> resolve(Bundle target, Optional<Bundle> running) {
    BundleDifferences.Found found = differences.between(target, running, context);
    lifetime = lifetime.and(found.lifetime());
    return found.difference().flatMap(difference -> resolve(target, difference));
  }

  private Optional<Changes> resolve(Bundle target, BundleDifference difference) {
    addresses = storage.downloadAddresses(storageUris(target, difference), context);
    Optional<String> manifestUrl = target.manifestStorageUri().flatMap(this::url);
    Optional<String> manifestHash = target.manifestFileHash();
    if (manifestUrl.isEmpty() || manifestHash.isEmpty()) {
      return Optional.empty();
    }
    return assets(target, difference)
        .map(assets -> new Changes(manifestUrl.get(), manifestHash.get(), assets));
  }

  private static List<String> storageUris(Bundle target, BundleDifference difference) {
    List<String> uris = new ArrayList<>();
    target.manifestStorageUri().ifPresent(uris::add);
    for (ChangedFile changed : difference.files()) {
      changed.location().map(AssetLocation::uri).ifPresent(uris::add);
      changed.patch().map(BundlePatch::patchStorageUri).ifPresent(uris::add);
    }
    return uris;
  }

  /** The changed files; empty if one of them can be had neither whole nor as a patch. */
  private Optional<Map<String, ChangedAsset>> assets(Bundle target, BundleDifference difference) {
    Map<String, ChangedAsset> assets = new LinkedHashMap<>();
    for (ChangedFile changed : difference.files()) {
      Optional<AssetPatch> patch = changed.patch().flatMap(this::patch);
      Optional<AssetFile> file =
          patch.isPresent() ? fileBesidePatch(changed.location()) : file(changed.location());
      if (file.isEmpty() && patch.isEmpty()) {
        log.warn(
            "A file of {} cannot be resolved; devices get the archive: {}", target, changed.path());
        return Optional.empty();
      }
      assets.put(changed.path(), new ChangedAsset(changed.fileHash(), file, patch));
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

  private Optional<AssetPatch> patch(BundlePatch patch) {
    return url(patch.patchStorageUri())
        .map(
            url ->
                new AssetPatch(
                    patch.baseBundleId(), patch.baseFileHash(), patch.patchFileHash(), url));
  }

  /**
   * A download address, or nothing if there is none to be had; a storage that is away is an error.
   */
  private Optional<String> url(String uri) {
    try {
      return Optional.of(address(uri));
    } catch (StorageUnavailableException e) {
      throw e;
    } catch (StorageException e) {
      log.warn("A storage gives no download address for a file of a bundle", e);
      return Optional.empty();
    }
  }

  private String address(String uri) {
    ServedAddress address = addresses.apply(uri);
    lifetime = lifetime.and(address.lifetime());
    return address.url();
  }
}
