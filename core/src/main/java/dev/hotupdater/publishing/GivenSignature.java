package dev.hotupdater.publishing;

import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.signature.MinisignPublicKey;
import dev.hotupdater.signature.MinisignSignature;
import dev.hotupdater.signature.MinisignVerifier;
import dev.hotupdater.signature.SignatureMismatchException;
import java.util.Optional;

/**
 * A signature that somebody has given, and whose bytes have not been seen yet. Immutable.
 *
 * @param text as clients get it
 * @param proof how it is verified; absent if the app's signatures are not
 */
record GivenSignature(String text, Optional<Proof> proof) {
  record Proof(MinisignSignature signature, MinisignPublicKey key) {}

  static GivenSignature opaque(String text) {
    return new GivenSignature(text, Optional.empty());
  }

  static GivenSignature verifiable(MinisignSignature signature, MinisignPublicKey key) {
    return new GivenSignature(signature.text(), Optional.of(new Proof(signature, key)));
  }

  Optional<String> keyId() {
    return proof.map(each -> each.key().keyId().toString());
  }

  boolean isLegacy() {
    return proof.filter(each -> !each.signature().isPrehashed()).isPresent();
  }

  /** As it is kept with an artifact whose bytes are not there yet. */
  ArtifactSignature pending() {
    return new ArtifactSignature(text, Optional.empty());
  }

  /** As it is kept with an artifact over whose bytes it was verified, if it can be. */
  ArtifactSignature verified() {
    return new ArtifactSignature(text, keyId());
  }

  Optional<MinisignVerifier> verifier() {
    return proof.map(each -> MinisignVerifier.of(each.signature(), each.key()));
  }

  /** The message of a mismatch, which may be about one signature of several. */
  static UploadRejectedException rejected(SignatureMismatchException mismatch) {
    return new UploadRejectedException(
        "The upload does not match its signature. " + mismatch.getMessage());
  }
}
