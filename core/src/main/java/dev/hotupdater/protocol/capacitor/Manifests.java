package dev.hotupdater.protocol.capacitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.internal.BoundedCalls;
import dev.hotupdater.internal.CacheBudget;
import dev.hotupdater.internal.Json;
import dev.hotupdater.internal.LoadingCache;
import dev.hotupdater.internal.LoadingCache.Loaded;
import dev.hotupdater.liveupdate.FileManifest;
import dev.hotupdater.protocol.Lifetime;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.storage.StorageUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of bundles, read from their storage once and kept. Safe for use by many threads. */
final class Manifests {
  private static final Logger log = LoggerFactory.getLogger(Manifests.class);

  /** How long a manifest that is not there, or cannot be read, is not looked for again. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** What a file takes besides its texts. */
  private static final long FILE_BYTES = 300;

  private final StorageAccess storage;
  private final LoadingCache<Key, Listing> kept;

  private record Key(String contextKey, String uri) {}

  /**
   * The files of a bundle.
   *
   * @param files all of them; none if they cannot be had one by one
   * @param lifetime for how long that is right
   */
  record Listing(List<DeltaFile> files, Lifetime lifetime) {
    /** That of a bundle without a manifest. */
    static final Listing NONE = new Listing(List.of(), Lifetime.UNLIMITED);
  }

  Manifests(StorageAccess storage) {
    this.storage = storage;
    kept =
        new LoadingCache<>(
            CacheBudget.BYTES, storage.timeout(), storage::inBackground, storage.clock());
  }

  /**
   * The files of the bundle with this manifest.
   *
   * @throws dev.hotupdater.storage.StorageException if a storage fails
   */
  Listing files(String uri, RequestContext context) {
    Optional<String> contextKey = context.cacheKey();
    if (contextKey.isEmpty()) {
      return read(uri, context);
    }
    try {
      return kept.get(new Key(contextKey.get(), uri), () -> loaded(uri, context));
    } catch (BoundedCalls.CallTimeoutException e) {
      throw new StorageUnavailableException("A storage did not answer in time.", e);
    }
  }

  private Loaded<Listing> loaded(String uri, RequestContext context) {
    Listing listing = read(uri, context);
    long files =
        listing.files().stream()
            .mapToLong(file -> FILE_BYTES + file.name().length() + file.uri().length())
            .sum();
    long weight = CacheBudget.ENTRY_BYTES + uri.length() + files;
    Lifetime lifetime = listing.lifetime();
    return Loaded.until(listing, weight, lifetime.renewal(), lifetime.end());
  }

  private Listing read(String uri, RequestContext context) {
    Optional<String> text = storage.withinDeadline(() -> storage.readText(uri, context));
    if (text.isEmpty()) {
      log.warn("The file list {} is missing: its bundle is served as a zip alone", uri);
      return unusable();
    }
    try {
      FileManifest manifest = FileManifest.read(Json.MAPPER.readTree(text.get()));
      return new Listing(DeltaFile.allOf(manifest), Lifetime.UNLIMITED);
    } catch (JsonProcessingException | InvalidReleaseException e) {
      log.warn(
          "The file list {} cannot be read: its bundle is served as a zip alone: {}",
          uri,
          e.getMessage());
      return unusable();
    }
  }

  private Listing unusable() {
    Instant end = storage.clock().instant().plus(PAUSE);
    return new Listing(List.of(), new Lifetime(end, end));
  }
}
