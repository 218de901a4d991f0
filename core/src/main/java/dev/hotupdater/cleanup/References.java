package dev.hotupdater.cleanup;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.Manifest;
import dev.hotupdater.context.RequestContext;
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
 * stays in until the next cleanup. Not for use by several threads.
 */
final class References {
  private final Backend backend;
  private final List<RequestContext> contexts;
  private final Set<Bundle> known = new HashSet<>();
  private final Set<StorageUri> objects = new HashSet<>();

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
      for (Bundle bundle : backend.bundles(context).all()) {
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
    return objects.contains(comparable(object));
  }

  private void add(Bundle bundle, RequestContext context) {
    add(bundle.storageUri());
    bundle.manifestStorageUri().ifPresent(this::add);
    bundle.patches().forEach(patch -> add(patch.patchStorageUri()));
    bundle
        .assetBaseStorageUri()
        .filter(this::isServedHere)
        .ifPresent(base -> addAssets(bundle, base, context));
  }

  private void add(String storageUri) {
    StorageUri.parse(storageUri).map(References::comparable).ifPresent(objects::add);
  }

  private void addAssets(Bundle bundle, String base, RequestContext context) {
    manifest(bundle, context)
        .fileHashes()
        .forEach(
            (path, hash) ->
                AssetLocation.of(base, path, hash).map(AssetLocation::uri).ifPresent(this::add));
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

  /** Some file systems know letters by neither case nor composition; rather too much is kept. */
  private static StorageUri comparable(StorageUri uri) {
    String key = Normalizer.normalize(uri.key(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    return new StorageUri(uri.scheme(), uri.bucket(), key);
  }
}
