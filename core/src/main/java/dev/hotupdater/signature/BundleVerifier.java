package dev.hotupdater.signature;

import java.security.Signature;
import java.security.SignatureException;
import java.util.Objects;

/**
 * Finds out whether a signature is one of given bytes by a key, as the apps do before they install
 * a bundle. For one file, whose bytes may come in any number of pieces; needs little memory. Not
 * thread-safe.
 */
public final class BundleVerifier {
  private final Signature verification;
  private boolean isDone;

  private BundleVerifier(Signature verification) {
    this.verification = verification;
  }

  /** A verifier that has seen no bytes yet. */
  public static BundleVerifier of(RsaVerificationKey key) {
    return new BundleVerifier(key.verification());
  }

  /**
   * Takes in the next bytes of the file.
   *
   * @throws IndexOutOfBoundsException if the bytes do not lie within the array
   * @throws IllegalStateException after {@link #matches}
   */
  public void update(byte[] bytes, int offset, int length) {
    checkNotDone();
    Objects.checkFromIndexSize(offset, length, bytes.length);
    try {
      verification.update(bytes, offset, length);
    } catch (SignatureException e) {
      throw new IllegalStateException("The check has not been started", e);
    }
  }

  /**
   * Whether this is a signature of all the bytes, of the kind that {@link SigningKeys} makes. Any
   * other kind, and a text that is none, is not. To be called once, after the last byte.
   *
   * @param signature the signature in standard base64, with padding
   * @throws IllegalStateException when called again
   */
  public boolean matches(String signature) {
    checkNotDone();
    isDone = true;
    return StrictBase64.decode(signature).filter(this::matches).isPresent();
  }

  private boolean matches(byte[] signature) {
    try {
      return verification.verify(signature);
    } catch (SignatureException e) {
      // How the JDK refuses, for example, a signature of another length.
      return false;
    }
  }

  private void checkNotDone() {
    if (isDone) {
      throw new IllegalStateException("A verifier is for one file. Make a new one for the next.");
    }
  }
}
