package dev.hotupdater.s3;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The RSA key with which URLs of an Amazon CloudFront distribution are signed, and its id there.
 * Immutable, safe for use by many threads.
 */
public final class CloudFrontKey {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,64}");
  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");
  // What CloudFront demands of these signatures.
  private static final String ALGORITHM = "SHA1withRSA";

  private final String keyPairId;
  private final PrivateKey privateKey;

  private CloudFrontKey(String keyPairId, PrivateKey privateKey) {
    if (!ID.matcher(keyPairId).matches()) {
      throw new IllegalArgumentException("keyPairId must be 1 to 64 letters and digits");
    }
    this.keyPairId = keyPairId;
    this.privateKey = privateKey;
  }

  /**
   * A key.
   *
   * @param keyPairId the id of the public key in CloudFront, such as {@code K2JCJMDEHXQW5F}
   * @throws IllegalArgumentException if the id has other characters than letters and digits
   */
  public static CloudFrontKey of(String keyPairId, RSAPrivateKey privateKey) {
    return new CloudFrontKey(keyPairId, requireNonNull(privateKey, "privateKey"));
  }

  /**
   * A key from the text of a PEM file.
   *
   * @param keyPairId the id of the public key in CloudFront, such as {@code K2JCJMDEHXQW5F}
   * @param pem the private key in PKCS#8, whose first line is {@code -----BEGIN PRIVATE KEY-----}
   * @throws IllegalArgumentException if the id or the key has another form
   */
  public static CloudFrontKey ofPem(String keyPairId, String pem) {
    Matcher matcher = PEM.matcher(pem);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "The CloudFront key must be an unencrypted PKCS#8 PEM ('BEGIN PRIVATE KEY'). Convert"
              + " others with: openssl pkcs8 -topk8 -nocrypt -in key.pem");
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
      PrivateKey key =
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new CloudFrontKey(keyPairId, key);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // The cause may quote the key.
      throw new IllegalArgumentException("The CloudFront key is no RSA key");
    }
  }

  /** The id of the public key in CloudFront. */
  public String keyPairId() {
    return keyPairId;
  }

  /** The RSA signature with SHA-1 of these bytes. */
  byte[] sign(byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initSign(privateKey);
    signature.update(message);
    return signature.sign();
  }

  /** Leaves out the key. */
  @Override
  public String toString() {
    return "CloudFrontKey[" + keyPairId + ']';
  }
}
