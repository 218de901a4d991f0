package dev.hotupdater.signature;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/**
 * The one kind of RSA signature that all clients verify: RSASSA-PSS with SHA-256, MGF1 of SHA-256,
 * a salt of 32 bytes and trailer field 1. Source: Capacitor protocols, section C3.
 */
final class RsaPss {
  private static final String ALGORITHM = "RSASSA-PSS";
  private static final String DIGEST = "SHA-256";
  private static final int SALT_BYTES = 32;
  private static final PSSParameterSpec PARAMETERS =
      new PSSParameterSpec(
          DIGEST, "MGF1", MGF1ParameterSpec.SHA256, SALT_BYTES, PSSParameterSpec.TRAILER_FIELD_BC);

  private RsaPss() {}

  static Signature signing(PrivateKey key) throws InvalidKeyException {
    Signature signature = instance();
    signature.initSign(key);
    return signature;
  }

  static Signature verifying(PublicKey key) throws InvalidKeyException {
    Signature signature = instance();
    signature.initVerify(key);
    return signature;
  }

  static IllegalStateException missing(GeneralSecurityException cause) {
    return new IllegalStateException(
        "Every Java platform since 11 has RSASSA-PSS. Allow it in the security settings of this"
            + " one.",
        cause);
  }

  private static Signature instance() {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.setParameter(PARAMETERS);
      return signature;
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }
}
