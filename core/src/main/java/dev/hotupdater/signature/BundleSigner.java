package dev.hotupdater.signature;

import java.security.InvalidKeyException;
import java.security.Signature;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Signs a bundle with all of some {@link SigningKeys}. For one file, whose bytes may come in any
 * number of pieces, each of them once; needs little memory. Not thread-safe.
 */
public final class BundleSigner {
  private final List<Making> signatures = new ArrayList<>();
  private boolean isDone;

  /** A signature in the making, and the id of its key. */
  private record Making(String keyId, Signature signature) {}

  BundleSigner(List<RsaSigningKey> keys) {
    for (RsaSigningKey key : keys) {
      try {
        signatures.add(new Making(key.id(), key.signature()));
      } catch (InvalidKeyException e) {
        throw cannotSign(key.id(), e);
      }
    }
  }

  /**
   * Takes in the next bytes of the file.
   *
   * @throws IndexOutOfBoundsException if the bytes do not lie within the array
   * @throws IllegalStateException after {@link #sign}
   */
  public void update(byte[] bytes, int offset, int length) {
    checkNotDone();
    Objects.checkFromIndexSize(offset, length, bytes.length);
    for (Making each : signatures) {
      try {
        each.signature().update(bytes, offset, length);
      } catch (SignatureException e) {
        throw cannotSign(each.keyId(), e);
      }
    }
  }

  /**
   * The signatures of all the bytes, one of each key, in the order of {@link SigningKeys#all}. To
   * be called once, after the last byte.
   *
   * @throws IllegalStateException when called again
   */
  public List<BundleSignature> sign() {
    checkNotDone();
    isDone = true;
    List<BundleSignature> made = new ArrayList<>();
    for (Making each : signatures) {
      try {
        made.add(new BundleSignature(each.keyId(), StrictBase64.encode(each.signature().sign())));
      } catch (SignatureException e) {
        throw cannotSign(each.keyId(), e);
      }
    }
    return List.copyOf(made);
  }

  private void checkNotDone() {
    if (isDone) {
      throw new IllegalStateException("A signer is for one file. Make a new one for the next.");
    }
  }

  private static IllegalStateException cannotSign(String keyId, Exception cause) {
    return new IllegalStateException(
        "The key " + keyId + " could sign when it was read, and cannot any more.", cause);
  }
}
