package dev.hotupdater.protocol.capacitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.internal.BoundedCalls;
import dev.hotupdater.internal.CacheBudget;
import dev.hotupdater.internal.LoadingCache;
import dev.hotupdater.internal.LoadingCache.Loaded;
import dev.hotupdater.liveupdate.EncryptionFormat;
import dev.hotupdater.liveupdate.LiveUpdateDecision.Offer;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.liveupdate.WebArtifact.Encryption;
import dev.hotupdater.protocol.Lifetime;
import dev.hotupdater.protocol.ServedAddress;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.protocol.capacitor.Manifests.Listing;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.storage.StorageUnavailableException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers that offer bundles, kept as bytes until their release changes or the addresses in
 * them have to be renewed. Safe for use by many threads.
 */
final class OfferAnswers {
  private static final Logger log = LoggerFactory.getLogger(OfferAnswers.class);

  private static final int LONGEST_SERVER_ADDRESS = 1_000;

  /** What an artifact takes, with its addresses and signatures. */
  private static final long ARTIFACT_BYTES = 2_000;

  private final StorageAccess storage;
  private final Manifests manifests;
  private final LoadingCache<Key, Kept> kept;

  private record Key(
      String contextKey,
      Optional<URI> serverAddress,
      Release release,
      ReleaseId artifact,
      Optional<BundleAddresses> lasting,
      OfferShape shape) {}

  /**
   * An answer.
   *
   * @param keyId which public key an app must have; absent if any will do
   * @param size how many bytes it has
   * @param lifetime how long it is handed out
   */
  private record Kept(
      HttpResponse response, Optional<String> keyId, long size, Lifetime lifetime) {}

  OfferAnswers(StorageAccess storage, Manifests manifests) {
    this.storage = storage;
    this.manifests = manifests;
    kept =
        new LoadingCache<>(
            CacheBudget.BYTES, storage.timeout(), storage::inBackground, storage.clock());
  }

  /**
   * The answer to a device that is offered a bundle.
   *
   * @param lasting where it is downloaded; absent if the storage says where
   * @throws dev.hotupdater.storage.StorageException if a storage fails
   */
  HttpResponse answer(
      Offer offer, Optional<BundleAddresses> lasting, DeviceInfo device, RequestContext context) {
    Kept answer = find(offer, lasting, OfferShape.of(device.client()), context);
    Optional<HttpResponse> mismatch =
        answer.keyId().flatMap(bundleKey -> keyMismatch(bundleKey, device));
    return mismatch.orElseGet(answer::response);
  }

  private Kept find(
      Offer offer, Optional<BundleAddresses> lasting, OfferShape shape, RequestContext context) {
    Optional<String> contextKey = context.cacheKey();
    Optional<URI> serverAddress = storage.serverAddress(context);
    if (contextKey.isEmpty() || isMadeUp(serverAddress)) {
      return make(offer, lasting, shape, context);
    }
    Key key =
        new Key(
            contextKey.get(),
            serverAddress,
            offer.release(),
            offer.artifact().id(),
            lasting,
            shape);
    try {
      return kept.get(key, () -> loaded(key, make(offer, lasting, shape, context)));
    } catch (BoundedCalls.CallTimeoutException e) {
      throw new StorageUnavailableException("A storage did not answer in time.", e);
    }
  }

  /** No host has so long a name; clients can send what they like, but not have it kept. */
  private static boolean isMadeUp(Optional<URI> serverAddress) {
    return serverAddress.isPresent()
        && serverAddress.get().toString().length() > LONGEST_SERVER_ADDRESS;
  }

  private static Loaded<Kept> loaded(Key key, Kept answer) {
    // The release is kept with it, also when a changed one has taken its place.
    long releaseBytes =
        2L * key.release().notes().length() + ARTIFACT_BYTES * key.release().artifacts().size();
    long addressBytes =
        4L * key.serverAddress().map(address -> address.toString().length()).orElse(0);
    long weight = 2 * CacheBudget.ENTRY_BYTES + releaseBytes + addressBytes + answer.size();
    return Loaded.until(answer, weight, answer.lifetime().renewal(), answer.lifetime().end());
  }

  private Kept make(
      Offer offer, Optional<BundleAddresses> lasting, OfferShape shape, RequestContext context) {
    Optional<WebArtifact> web = web(offer.artifact());
    if (web.isEmpty()) {
      return error("misconfigured_bundle", "The new version cannot be installed");
    }
    Optional<Encryption> encryption = web.get().encryption();
    if (encryption.filter(how -> !shape.decrypts(how)).isPresent()) {
      return error(
          "encryption_not_supported",
          "This version of the updater plugin cannot decrypt the new version");
    }
    if (encryption.filter(how -> !EncryptionFormat.isSessionKey(how.sessionKey())).isPresent()) {
      return error("invalid_session_key", "The session key of the new version is malformed");
    }
    return make(offer, web.get(), lasting, shape, context);
  }

  private static Optional<WebArtifact> web(Artifact artifact) {
    try {
      return Optional.of(WebArtifact.of(artifact));
    } catch (InvalidReleaseException e) {
      log.warn("The artifact {} has no description of a web bundle", artifact.id(), e);
      return Optional.empty();
    }
  }

  private Kept make(
      Offer offer,
      WebArtifact web,
      Optional<BundleAddresses> lasting,
      OfferShape shape,
      RequestContext context) {
    Listing listing = listing(web, shape, context);
    List<DeltaFile> files = listing.files();
    return storage.withinDeadline(
        () -> {
          List<String> uris = new ArrayList<>();
          if (lasting.isEmpty()) {
            uris.add(offer.artifact().storageUri());
          }
          files.forEach(file -> uris.add(file.uri()));
          Addresses addresses = new Addresses(storage.downloadAddresses(uris, context));
          String url =
              lasting
                  .map(own -> own.url(offer.release(), offer.artifact(), context))
                  .orElseGet(() -> addresses.address(offer.artifact().storageUri()).url());
          ObjectNode json = OfferJson.of(offer, url, web, shape, files, addresses::address);
          return kept(
              json,
              web.encryption().flatMap(Encryption::keyId),
              addresses.lifetime.and(listing.lifetime()));
        });
  }

  private Listing listing(WebArtifact web, OfferShape shape, RequestContext context) {
    // Each file of an encrypted bundle would have to be encrypted by its publisher, too.
    boolean isListed = shape.hasManifest() && web.encryption().isEmpty();
    return web.manifestUri()
        .filter(uri -> isListed)
        .map(uri -> manifests.files(uri, context))
        .orElse(Listing.NONE);
  }

  /** Collects how long the addresses are good for that are used. */
  private static final class Addresses {
    private final Function<String, ServedAddress> source;
    private Lifetime lifetime = Lifetime.UNLIMITED;

    Addresses(Function<String, ServedAddress> source) {
      this.source = source;
    }

    ServedAddress address(String uri) {
      ServedAddress address = source.apply(uri);
      lifetime = lifetime.and(address.lifetime());
      return address;
    }
  }

  private static Kept error(String error, String message) {
    return kept(
        Answers.error(error, message, Answers.Kind.FAILED), Optional.empty(), Lifetime.UNLIMITED);
  }

  private static Kept kept(ObjectNode json, Optional<String> keyId, Lifetime lifetime) {
    HttpResponse response = Answers.ok(json);
    return new Kept(response, keyId, response.body().length(), lifetime);
  }

  /** Both are the beginning of the same key, and one of them may be longer. */
  private static Optional<HttpResponse> keyMismatch(String bundleKey, DeviceInfo device) {
    return device
        .keyId()
        .filter(deviceKey -> device.client().sendsWholeKeyId())
        .filter(deviceKey -> !deviceKey.startsWith(bundleKey) && !bundleKey.startsWith(deviceKey))
        .map(
            deviceKey ->
                Answers.ok(
                    Answers.error(
                            "key_id_mismatch",
                            "The app has another public key than the new version needs",
                            Answers.Kind.BLOCKED)
                        .put("deviceKeyId", deviceKey)
                        .put("bundleKeyId", bundleKey)));
  }
}
