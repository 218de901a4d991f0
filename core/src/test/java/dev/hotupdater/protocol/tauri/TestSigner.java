package dev.hotupdater.protocol.tauri;

import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.VerificationKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;

/** A pair of keys that signs files as publishers do, over the file itself. */
final class TestSigner {
  private static final byte[] ALGORITHM = "Ed".getBytes(StandardCharsets.US_ASCII);

  private final String name;
  private final KeyPair pair;

  private TestSigner(String name, KeyPair pair) {
    this.name = name;
    this.pair = pair;
  }

  /** A new pair with this name, of 8 characters. */
  static TestSigner create(String name) {
    try {
      return new TestSigner(name, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key as a client has it. */
  String publicKey() {
    byte[] x509 = pair.getPublic().getEncoded();
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.write(x509, x509.length - 32, 32);
    return encode(
        "untrusted comment: minisign public key: 1\n"
            + encode(ALGORITHM, keyId(), key.toByteArray())
            + "\n");
  }

  VerificationKey key(Optional<String> since) {
    return new VerificationKey(name, publicKey(), since.map(ReleaseVersion::of));
  }

  /** The signature as a client gets it. */
  String sign(byte[] file, String trustedComment) {
    byte[] signature = sign(file);
    byte[] comment = trustedComment.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(signature);
    both.writeBytes(comment);
    return encode(
        "untrusted comment: signature from tauri secret key\n"
            + encode(ALGORITHM, keyId(), signature)
            + "\ntrusted comment: "
            + trustedComment
            + "\n"
            + encode(sign(both.toByteArray()))
            + "\n");
  }

  private byte[] keyId() {
    return name.getBytes(StandardCharsets.US_ASCII);
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

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return Base64.getEncoder().encodeToString(all.toByteArray());
  }
}
