package dev.hotupdater.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

/** Signs as the tools do, with a new pair of keys. */
final class Signer {
  private static final byte[] KEY_ID = {1, 2, 3, 4, 5, 6, 7, 8};

  private final KeyPair pair;

  private Signer(KeyPair pair) {
    this.pair = pair;
  }

  static Signer create() {
    try {
      return new Signer(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  MinisignPublicKey publicKey() {
    byte[] x509 = pair.getPublic().getEncoded();
    return MinisignPublicKey.parse(
        Minisign.encode(join("Ed".getBytes(StandardCharsets.US_ASCII), KEY_ID, last(32, x509))));
  }

  String prehashed(byte[] file, String comment) {
    Blake2b hash = new Blake2b();
    hash.update(file, 0, file.length);
    return text("ED", sign(hash.digest()), comment);
  }

  String legacy(byte[] file, String comment) {
    return text("Ed", sign(file), comment);
  }

  private String text(String algorithm, byte[] signature, String comment) {
    return Minisign.text(
        "untrusted comment: signature from a test",
        Minisign.encode(join(algorithm.getBytes(StandardCharsets.US_ASCII), KEY_ID, signature)),
        "trusted comment: " + comment,
        Minisign.encode(sign(join(signature, comment.getBytes(StandardCharsets.UTF_8)))));
  }

  private byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] last(int count, byte[] bytes) {
    byte[] last = new byte[count];
    System.arraycopy(bytes, bytes.length - count, last, 0, count);
    return last;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
