package dev.hotupdater.release;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.bundle.Metadata;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file of a release. Immutable.
 *
 * @param id its identity
 * @param target what it is for
 * @param state whether its bytes are there
 * @param size its size in bytes, at least 1
 * @param storageUri where its bytes are; of a pending one, where they are uploaded to
 * @param sha256 the SHA-256 of its bytes, 64 hexadecimal digits in lower case; always present when
 *     it is ready; before that, what the publisher has announced
 * @param fileName the name that a client should save it under; absent if nobody has given one
 * @param signatures its signatures, at most one for each key
 * @param createdAt when its upload was announced
 * @param uploadExpiry until when a pending one can be uploaded
 * @param metadata what else belongs to it
 */
public record Artifact(
    ReleaseId id,
    ArtifactTarget target,
    ArtifactState state,
    long size,
    String storageUri,
    Optional<String> sha256,
    Optional<String> fileName,
    List<ArtifactSignature> signatures,
    Instant createdAt,
    Instant uploadExpiry,
    Metadata metadata) {
  /** Copies the list. */
  public Artifact {
    requireNonNull(id, "id");
    requireNonNull(target, "target");
    signatures = List.copyOf(signatures);
  }

  /** Whether its bytes are there. */
  public boolean isReady() {
    return state == ArtifactState.READY;
  }

  /**
   * Whether an artifact that clients were told of may become this other one: the same, with more
   * signatures at most.
   */
  boolean becomes(Artifact other) {
    return other.signatures().containsAll(signatures)
        && other.withSignatures(signatures).equals(this);
  }

  /** This artifact with other signatures. */
  public Artifact withSignatures(List<ArtifactSignature> newSignatures) {
    return new Artifact(
        id,
        target,
        state,
        size,
        storageUri,
        sha256,
        fileName,
        newSignatures,
        createdAt,
        uploadExpiry,
        metadata);
  }

  /** This artifact with other metadata. */
  public Artifact withMetadata(Metadata newMetadata) {
    return new Artifact(
        id,
        target,
        state,
        size,
        storageUri,
        sha256,
        fileName,
        signatures,
        createdAt,
        uploadExpiry,
        newMetadata);
  }

  /** This artifact with another identity, and another time until which it can be uploaded. */
  public Artifact identifiedBy(ReleaseId newId, Instant newCreatedAt, Instant newUploadExpiry) {
    return new Artifact(
        newId,
        target,
        state,
        size,
        storageUri,
        sha256,
        fileName,
        signatures,
        newCreatedAt,
        newUploadExpiry,
        metadata);
  }

  /**
   * This artifact with its bytes.
   *
   * @param newStorageUri where they are
   * @param newSha256 their SHA-256
   * @param newSignatures the signatures that were verified over them, or were not to be verified
   */
  public Artifact ready(
      String newStorageUri, String newSha256, List<ArtifactSignature> newSignatures) {
    return new Artifact(
        id,
        target,
        ArtifactState.READY,
        size,
        newStorageUri,
        Optional.of(newSha256),
        fileName,
        newSignatures,
        createdAt,
        uploadExpiry,
        metadata);
  }

  /**
   * The signature for a client.
   *
   * @param key the key that the client has; absent if the app's signatures are not verified
   */
  public Optional<ArtifactSignature> signatureFor(Optional<VerificationKey> key) {
    return signatures.stream()
        .filter(
            signature -> key.isEmpty() || signature.keyId().equals(key.map(VerificationKey::id)))
        .findFirst();
  }
}
