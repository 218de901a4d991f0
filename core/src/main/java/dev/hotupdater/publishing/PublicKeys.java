package dev.hotupdater.publishing;

import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.VerificationKey;
import dev.hotupdater.signature.InvalidSignatureTextException;
import dev.hotupdater.signature.MinisignPublicKey;
import java.util.ArrayList;
import java.util.List;

/** Public keys as owners give them, and as they are kept: in the form that clients have. */
final class PublicKeys {
  private PublicKeys() {}

  /**
   * Reads the keys.
   *
   * @throws InvalidReleaseException if one is none
   */
  static List<VerificationKey> read(List<AppKey> keys) {
    List<VerificationKey> all = new ArrayList<>();
    for (AppKey key : keys) {
      all.add(read("keys[" + all.size() + "].public_key", key));
    }
    return all;
  }

  private static VerificationKey read(String field, AppKey key) {
    try {
      MinisignPublicKey parsed = MinisignPublicKey.parse(key.publicKey());
      return new VerificationKey(parsed.keyId().toString(), parsed.text(), key.since());
    } catch (InvalidSignatureTextException e) {
      throw new InvalidReleaseException(
          field, "The field '" + field + "' is not usable. " + e.getMessage());
    }
  }
}
