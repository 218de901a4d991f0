package dev.hotupdater.signature;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;

/**
 * A private key of RSA that this server signs web bundles with. It prints its id alone, and has
 * nothing that gives the key away. Immutable, safe for use by many threads.
 *
 * <p>Apps on iOS verify signatures of keys of 2048 bits alone: a longer key is for apps that are
 * built for Android or the web.
 */
public final class RsaSigningKey {
  /** The fewest bits that a key may have. */
  public static final int MIN_BITS = 2_048;

  private final RSAPrivateCrtKey key;
  private final RsaVerificationKey publicKey;

  private RsaSigningKey(RSAPrivateCrtKey key, RsaVerificationKey publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /**
   * The key in this text: PEM of type {@code PRIVATE KEY} (PKCS#8) or {@code RSA PRIVATE KEY}
   * (PKCS#1), without a password, such as the content of a file that only the user of the server
   * can read.
   *
   * @throws InvalidSignatureTextException if it is anything else, or has fewer than {@link
   *     #MIN_BITS}; the message says what to do, and does not repeat the text
   */
  public static RsaSigningKey fromPem(String text) {
    RSAPrivateCrtKey key = PrivateKeyPem.parse(text);
    int bits = key.getModulus().bitLength();
    if (bits < MIN_BITS) {
      throw new InvalidSignatureTextException(
          "The private key has "
              + bits
              + " bits, which is not enough. Make one of 2048, the length that all apps verify.");
    }
    try {
      RsaVerificationKey publicKey =
          RsaVerificationKey.of(
              (RSAPublicKey)
                  KeyFactory.getInstance("RSA")
                      .generatePublic(
                          new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())));
      RsaSigningKey pair = new RsaSigningKey(key, publicKey);
      pair.checkItself();
      return pair;
    } catch (GeneralSecurityException e) {
      throw damaged();
    }
  }

  /** What the key signs must be what its public half verifies: a changed number shows here. */
  private void checkItself() throws GeneralSecurityException {
    byte[] message = {1};
    Signature signature = signature();
    signature.update(message);
    String made = StrictBase64.encode(signature.sign());
    BundleVerifier verifier = BundleVerifier.of(publicKey);
    verifier.update(message, 0, message.length);
    if (!verifier.matches(made)) {
      throw damaged();
    }
  }

  private static InvalidSignatureTextException damaged() {
    return new InvalidSignatureTextException(
        "The private key was changed: its numbers do not belong together. Take it from a backup, or"
            + " make a new pair of keys.");
  }

  /** The id of the pair, as {@link RsaVerificationKey#id} tells it. */
  public String id() {
    return publicKey.id();
  }

  /** The public half. */
  public RsaVerificationKey publicKey() {
    return publicKey;
  }

  /** The public half as apps are configured with it: SPKI in PEM. */
  public String publicKeyPem() {
    return publicKey.pem();
  }

  /** A new signature that has seen no bytes yet. */
  Signature signature() throws InvalidKeyException {
    return RsaPss.signing(key);
  }

  /** For messages: names the key by its id. */
  @Override
  public String toString() {
    return "RsaSigningKey[" + id() + "]";
  }
}
