package dev.hotupdater.signature;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The public half of an {@link RsaSigningKey}, which an app is built with. Immutable; two are equal
 * if their keys are.
 */
public final class RsaVerificationKey {
  private static final String PEM_LABEL = "PUBLIC KEY";
  private static final int PEM_LINE = 64;
  private static final int ID_BYTES = 8;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final RSAPublicKey key;
  private final String id;

  private RsaVerificationKey(RSAPublicKey key) {
    this.key = key;
    this.id = HexFormat.of().formatHex(sha256(key.getEncoded()), 0, ID_BYTES);
  }

  static RsaVerificationKey of(RSAPublicKey key) {
    return new RsaVerificationKey(key);
  }

  /**
   * The key in this text: PEM of type {@code PUBLIC KEY} (SPKI), or its base64 alone.
   *
   * @throws InvalidSignatureTextException if it is anything else, or not of RSA; the message does
   *     not repeat it
   */
  public static RsaVerificationKey parse(String text) {
    SecretKeys.refuseIn(text);
    List<PemBlock> blocks = PemBlock.in(text);
    PemBlock block = blocks.isEmpty() ? new PemBlock(PEM_LABEL, text) : blocks.get(0);
    return Optional.of(block)
        .filter(each -> blocks.size() <= 1 && each.label().equals(PEM_LABEL))
        .flatMap(PemBlock::bytes)
        .flatMap(RsaVerificationKey::decode)
        .orElseThrow(
            () ->
                new InvalidSignatureTextException(
                    "This is not the public key of an RSA pair. Give what begins with -----BEGIN "
                        + PEM_LABEL
                        + "-----, or its base64 alone. openssl writes it with: openssl pkey -in"
                        + " private.pem -pubout"));
  }

  private static Optional<RsaVerificationKey> decode(byte[] spki) {
    try {
      return Optional.of(
          new RsaVerificationKey(
              (RSAPublicKey)
                  KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(spki))));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw RsaPss.missing(e);
    }
  }

  /** The id of the pair: the first 16 hexadecimal digits of the SHA-256 of the key as SPKI. */
  public String id() {
    return id;
  }

  /** How many bits its modulus has. */
  public int bits() {
    return key.getModulus().bitLength();
  }

  /** The key as apps are configured with it: SPKI in PEM, with a line break at the end. */
  public String pem() {
    String base64 =
        Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(key.getEncoded());
    return "-----BEGIN " + PEM_LABEL + "-----\n" + base64 + "\n-----END " + PEM_LABEL + "-----\n";
  }

  /**
   * Whether a signature is one of these bytes, as {@link BundleVerifier#matches} tells it.
   *
   * @param content the bytes, read to their end and not closed
   * @param signature the signature in standard base64, with padding
   * @throws IOException if the bytes cannot be read
   */
  public boolean verifies(InputStream content, String signature) throws IOException {
    BundleVerifier verifier = BundleVerifier.of(this);
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      verifier.update(buffer, 0, count);
    }
    return verifier.matches(signature);
  }

  /** A new check of one signature, which has seen no bytes yet. */
  Signature verification() {
    try {
      return RsaPss.verifying(key);
    } catch (InvalidKeyException e) {
      throw RsaPss.missing(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw RsaPss.missing(e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RsaVerificationKey
        && Arrays.equals(((RsaVerificationKey) other).key.getEncoded(), key.getEncoded());
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** For messages: names the key by its id. */
  @Override
  public String toString() {
    return "RsaVerificationKey[" + id + "]";
  }
}
