package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.Manifest;
import dev.hotupdater.catalog.CatalogChange;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.internal.CacheBudget;
import dev.hotupdater.internal.LoadingCache;
import dev.hotupdater.internal.LoadingCache.Loaded;
import dev.hotupdater.protocol.Lifetime;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.storage.NoStorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The differences between bundles, each worked out once and kept until one of the two bundles
 * changes. A manifest that cannot be read is looked for again after a while, since it may be on its
 * way. Safe for use by many threads.
 */
final class BundleDifferences {
  private static final Logger log = LoggerFactory.getLogger(BundleDifferences.class);
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(30);

  private final StorageAccess storage;
  private final LoadingCache<ManifestKey, ReadManifest> manifests;
  private final LoadingCache<PairKey, Found> differences;

  private record ManifestKey(String contextKey, Bundle bundle) {}

  private record PairKey(String contextKey, Bundle target, Optional<Bundle> running) {}

  /**
   * A difference as it was found.
   *
   * @param difference what differs; empty if the target's files cannot be had one by one
   * @param lifetime until when that is not looked for again
   */
  record Found(Optional<BundleDifference> difference, Lifetime lifetime) {
    static final Found NONE = new Found(Optional.empty(), Lifetime.UNLIMITED);

    private Loaded<Found> loaded() {
      long weight = CacheBudget.ENTRY_BYTES + difference.map(BundleDifference::weight).orElse(0L);
      return Loaded.until(this, weight, lifetime.renewal(), lifetime.end());
    }
  }

  /**
   * A manifest as it was found.
   *
   * @param manifest the manifest; absent if there is none that can be read
   * @param weight about how many bytes it takes
   */
  private record ReadManifest(Optional<Manifest> manifest, long weight) {
    static final ReadManifest NONE = new ReadManifest(Optional.empty(), 0);
  }

  BundleDifferences(StorageAccess storage) {
    this.storage = storage;
    manifests = cache(storage);
    differences = cache(storage);
  }

  private static <K, V> LoadingCache<K, V> cache(StorageAccess storage) {
    return new LoadingCache<>(CacheBudget.BYTES, storage.timeout(), Runnable::run, storage.clock());
  }

  /** Whether what a device must get depends on the bundle that it has. */
  static boolean exist(Bundle target) {
    return target.manifestStorageUri().isPresent()
        && target.manifestFileHash().isPresent()
        && target.assetBaseStorageUri().isPresent();
  }

  /**
   * What differs.
   *
   * @param running the bundle that the device runs, if that is known
   */
  Found between(Bundle target, Optional<Bundle> running, RequestContext context) {
    if (!exist(target)) {
      return Found.NONE;
    }
    return context
        .cacheKey()
        .map(key -> new PairKey(key, target, running))
        .map(key -> differences.get(key, () -> find(target, running, context).loaded()))
        .orElseGet(() -> find(target, running, context));
  }

  private Found find(Bundle target, Optional<Bundle> running, RequestContext context) {
    Optional<Manifest> manifest = manifest(target, context);
    Optional<Manifest> installed = running.flatMap(bundle -> manifest(bundle, context));
    if (manifest.isEmpty()) {
      log.warn("{} has no readable manifest; devices get the archive", target);
      return new Found(Optional.empty(), untilRetry());
    }
    boolean isWhole =
        installed.isPresent() || running.flatMap(Bundle::manifestStorageUri).isEmpty();
    return new Found(
        Optional.of(BundleDifference.of(target, manifest.get(), running, installed)),
        isWhole ? Lifetime.UNLIMITED : untilRetry());
  }

  private Optional<Manifest> manifest(Bundle bundle, RequestContext context) {
    if (bundle.manifestStorageUri().isEmpty()) {
      return Optional.empty();
    }
    String uri = bundle.manifestStorageUri().get();
    return context
        .cacheKey()
        .map(key -> new ManifestKey(key, bundle))
        .map(key -> manifests.get(key, () -> loaded(read(uri, context))))
        .orElseGet(() -> read(uri, context))
        .manifest();
  }

  private Loaded<ReadManifest> loaded(ReadManifest read) {
    long weight = CacheBudget.ENTRY_BYTES + read.weight();
    Instant end = read.manifest().isPresent() ? Instant.MAX : untilRetry().renewal();
    return Loaded.until(read, weight, end, end);
  }

  private ReadManifest read(String uri, RequestContext context) {
    try {
      return storage
          .readText(uri, context)
          .map(text -> new ReadManifest(Manifest.parse(text), 2L * text.length()))
          .orElse(ReadManifest.NONE);
    } catch (NoStorageException e) {
      return ReadManifest.NONE;
    }
  }

  /** What there is may be used until something better is found, which is tried after a while. */
  private Lifetime untilRetry() {
    return new Lifetime(storage.clock().instant().plus(RETRY_INTERVAL), Instant.MAX);
  }

  /** Forgets what is known of bundles that are not what they were. */
  void forget(CatalogChange change) {
    Set<Bundle> gone = new HashSet<>(change.before());
    manifests.dropIf(key -> gone.contains(key.bundle()));
    differences.dropIf(
        key -> gone.contains(key.target()) || key.running().filter(gone::contains).isPresent());
  }
}
