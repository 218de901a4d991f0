package dev.hotupdater.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An app that has releases. Immutable.
 *
 * @param id its identity
 * @param slug its name in public addresses; absent until it has one
 * @param keys the public keys of its signatures, in the order of the versions that need them; empty
 *     if its signatures are not verified
 * @param createdAt when it was created
 * @param liveUpdates how its web bundles are delivered
 */
public record App(
    AppId id,
    Optional<Slug> slug,
    List<VerificationKey> keys,
    Instant createdAt,
    LiveUpdateSettings liveUpdates) {
  /** The most keys of one app. */
  public static final int MAX_KEYS = 16;

  private static final Comparator<VerificationKey> BY_VERSION =
      Comparator.comparing(
          key -> key.since().orElse(null), Comparator.nullsFirst(Comparator.naturalOrder()));

  /** Sorts the keys, and checks that it is clear which of them a version needs. */
  public App {
    requireNonNull(id, "id");
    requireNonNull(liveUpdates, "liveUpdates");
    keys = keys.stream().sorted(BY_VERSION).toList();
    checkKeys(keys);
  }

  /** An app without slug and keys. */
  public static App create(AppId id, Instant createdAt) {
    return new App(id, Optional.empty(), List.of(), createdAt, LiveUpdateSettings.DEFAULTS);
  }

  /** This app with another slug. */
  public App withSlug(Slug newSlug) {
    return new App(id, Optional.of(newSlug), keys, createdAt, liveUpdates);
  }

  /** This app with other keys. */
  public App withKeys(List<VerificationKey> newKeys) {
    return new App(id, slug, newKeys, createdAt, liveUpdates);
  }

  /** This app with another way to deliver its web bundles. */
  public App withLiveUpdates(LiveUpdateSettings newLiveUpdates) {
    return new App(id, slug, keys, createdAt, newLiveUpdates);
  }

  /** Whether its signatures are verified. */
  public boolean verifiesSignatures() {
    return !keys.isEmpty();
  }

  /** The key with this id. */
  public Optional<VerificationKey> key(String keyId) {
    return keys.stream().filter(key -> key.id().equals(keyId)).findFirst();
  }

  /**
   * The key that a client of this version has compiled in; empty if the app has none for it.
   * Source: Tauri protocol, section 8, "Key rotation".
   */
  public Optional<VerificationKey> keyFor(ReleaseVersion clientVersion) {
    return keys.stream()
        .filter(key -> key.since().filter(since -> since.isAfter(clientVersion)).isEmpty())
        .reduce((earlier, later) -> later);
  }

  /**
   * The key that most clients have compiled in for which a release of this version is an update:
   * the newest one that came before it; empty if the app has none.
   */
  public Optional<VerificationKey> keyBefore(ReleaseVersion version) {
    return keys.stream()
        .filter(key -> key.since().map(version::isAfter).orElse(true))
        .reduce((earlier, later) -> later);
  }

  /**
   * The signature of an artifact that a client can verify; empty if there is none. If this app's
   * signatures are not verified, it is whichever the artifact has, but not an empty text.
   *
   * @param key the key that the client has compiled in, as {@link #keyFor} tells it
   */
  public Optional<ArtifactSignature> signatureFor(
      Optional<VerificationKey> key, Artifact artifact) {
    Optional<ArtifactSignature> signature =
        key.isPresent() || !verifiesSignatures() ? artifact.signatureFor(key) : Optional.empty();
    return signature.filter(each -> !each.text().isBlank());
  }

  private static void checkKeys(List<VerificationKey> keys) {
    if (keys.size() > MAX_KEYS) {
      throw InvalidReleaseException.of("keys", "must have at most " + MAX_KEYS + " elements");
    }
    Set<String> ids = new HashSet<>();
    Set<Optional<ReleaseVersion>> firstVersions = new HashSet<>();
    for (VerificationKey key : keys) {
      if (!ids.add(key.id())) {
        throw InvalidReleaseException.of("keys", "has the key " + key.id() + " twice");
      }
      if (!firstVersions.add(key.since())) {
        throw InvalidReleaseException.of(
            "keys", "must give each key another 'since', and at most one key none");
      }
    }
  }
}
