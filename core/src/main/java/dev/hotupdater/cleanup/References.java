package dev.hotupdater.cleanup;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.Manifest;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.hotupdater.AssetLocation;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The objects that bundles refer to. It only grows: what a bundle that is gone by now referred to
 * stays in until the next cleanup. Objects are told apart by their keys alone, since one bucket may
 * be known under several schemes, and behind http(s) addresses. Not for use by several threads.
 */
final class References {
  private static final String ASSETS = "assets/";
  private static final String BUNDLES = "bundles/";
  private static final String BROTLI_SUFFIX = ".br";

  private final Backend backend;
  private final List<RequestContext> contexts;
  private final Set<Bundle> known = new HashSet<>();
  private final Set<String> keys = new HashSet<>();
  private boolean assetsUnknown;

  References(Backend backend, Collection<RequestContext> contexts) {
    this.backend = backend;
    this.contexts = List.copyOf(contexts);
  }

  /**
   * Takes in the bundles that are in the database now.
   *
   * @throws StorageException if it cannot be told what one of them refers to
   */
  void update() {
    for (RequestContext context : contexts) {
      BundleSnapshot snapshot = backend.bundles(context).all();
      if (snapshot.unreadable() > 0) {
        throw new StorageException(
            "The database has bundles that make no sense or cannot be read ("
                + snapshot.unreadable()
                + " or more; the log names them), so it is not known which files they need, and"
                + " nothing is deleted. Correct or delete them.");
      }
      for (Bundle bundle : snapshot.bundles()) {
        if (!known.contains(bundle)) {
          add(bundle, context);
          known.add(bundle);
        }
      }
    }
  }

  boolean isEmpty() {
    return known.isEmpty();
  }

  boolean contain(StorageUri object) {
    String key = comparable(object.key());
    return keys.contains(inFolder(key)) || (assetsUnknown && inFolder(key).startsWith(ASSETS));
  }

  private void add(Bundle bundle, RequestContext context) {
    add(bundle.storageUri());
    bundle.manifestStorageUri().ifPresent(this::add);
    bundle.patches().forEach(patch -> add(patch.patchStorageUri()));
    bundle.assetBaseStorageUri().ifPresent(base -> addAssets(bundle, base, context));
  }

  private void add(String storageUri) {
    StorageUri.parse(storageUri).map(uri -> inFolder(comparable(uri.key()))).ifPresent(keys::add);
  }

  private void addAssets(Bundle bundle, String base, RequestContext context) {
    if (!isServedHere(base)) {
      // They may be in a bucket of this server all the same, behind another address.
      assetsUnknown = true;
      return;
    }
    manifest(bundle, context)
        .fileHashes()
        .forEach((path, hash) -> AssetLocation.of(base, path, hash).ifPresent(this::addAsset));
  }

  private void addAsset(AssetLocation location) {
    add(location.uri());
    if (location.brotli() && location.uri().endsWith(BROTLI_SUFFIX)) {
      // Very old deployments have the file as it is, and the command line still finds it there.
      add(location.uri().substring(0, location.uri().length() - BROTLI_SUFFIX.length()));
    }
  }

  private Manifest manifest(Bundle bundle, RequestContext context) {
    Optional<String> text;
    try {
      text = bundle.manifestStorageUri().flatMap(uri -> backend.storage().readText(uri, context));
    } catch (StorageException e) {
      throw new StorageException(unreadable(bundle), e);
    }
    return text.flatMap(Manifest::parse)
        .orElseThrow(() -> new StorageException(unreadable(bundle)));
  }

  private static String unreadable(Bundle bundle) {
    return "The manifest of bundle "
        + bundle.id()
        + " cannot be read, so it is not known which files it needs, and nothing is deleted."
        + " Restore the manifest, or delete the bundle.";
  }

  private boolean isServedHere(String storageUri) {
    return StorageUri.parse(storageUri)
        .flatMap(uri -> backend.storage().storages().findFor(uri))
        .isPresent();
  }

  /** The key from the folder on that deploying makes, below whatever base path. */
  private static String inFolder(String key) {
    int bundles = key.lastIndexOf(BUNDLES);
    int assets = key.lastIndexOf(ASSETS + "sha256/");
    int start = Math.max(bundles, assets);
    return start < 0 ? key : key.substring(start);
  }

  /** Some file systems know letters by neither case nor composition; rather too much is kept. */
  private static String comparable(String key) {
    return Normalizer.normalize(key, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
