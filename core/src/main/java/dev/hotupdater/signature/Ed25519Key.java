package dev.hotupdater.signature;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;

/** A public key of Ed25519. Immutable. */
final class Ed25519Key {
  static final int BYTES = 32;
  static final int SIGNATURE_BYTES = 64;

  private static final String ALGORITHM = "Ed25519";

  /** What X.509 writes before the bytes of such a key. */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final PublicKey key;

  private Ed25519Key(PublicKey key) {
    this.key = key;
  }

  /** The key in the last bytes of these; empty if they are not a point of the curve. */
  static Optional<Ed25519Key> atEndOf(byte[] bytes) {
    byte[] encoded = new byte[PREFIX.length + BYTES];
    System.arraycopy(PREFIX, 0, encoded, 0, PREFIX.length);
    System.arraycopy(bytes, bytes.length - BYTES, encoded, PREFIX.length, BYTES);
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
      // Not before its first use does the JDK look whether the key is a point.
      Signature.getInstance(ALGORITHM).initVerify(key);
      return Optional.of(new Ed25519Key(key));
    } catch (InvalidKeyException | InvalidKeySpecException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /** A new check of one signature. It keeps the message in memory. */
  Check check() {
    try {
      Signature verification = Signature.getInstance(ALGORITHM);
      verification.initVerify(key);
      return new Check(verification);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  private static IllegalStateException missing(GeneralSecurityException cause) {
    return new IllegalStateException(
        "Every Java platform since 15 has Ed25519. Allow it in the security settings of this one.",
        cause);
  }

  /** Takes in a message, and then tells whether a signature is one of it. */
  static final class Check {
    private final Signature verification;

    private Check(Signature verification) {
      this.verification = verification;
    }

    Check update(byte[] bytes, int offset, int length) {
      try {
        verification.update(bytes, offset, length);
        return this;
      } catch (SignatureException e) {
        throw new IllegalStateException("The check has not been started", e);
      }
    }

    Check update(byte[] bytes) {
      return update(bytes, 0, bytes.length);
    }

    boolean matches(byte[] signature) {
      try {
        return verification.verify(signature);
      } catch (SignatureException e) {
        // How the JDK refuses, for example, a number S that was not reduced.
        return false;
      }
    }
  }
}
