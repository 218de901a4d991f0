package dev.hotupdater.signature;

import static java.util.Objects.requireNonNull;

/**
 * A signature of a bundle. Immutable.
 *
 * @param keyId the id of the key that made it, as {@link RsaSigningKey#id} tells it
 * @param text the signature in standard base64, with padding, on one line
 */
public record BundleSignature(String keyId, String text) {
  /** Refuses null. */
  public BundleSignature {
    requireNonNull(keyId, "keyId");
    requireNonNull(text, "text");
  }
}
