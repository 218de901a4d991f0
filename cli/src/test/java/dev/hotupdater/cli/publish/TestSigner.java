package dev.hotupdater.cli.publish;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** Signs as the tools did first, over the file itself, with a new pair of keys. */
final class TestSigner {
  private static final int KEY_BYTES = 32;
  private static final byte[] HEAD = {'E', 'd', 1, 2, 3, 4, 5, 6, 7, 8};

  private final KeyPair pair;

  private TestSigner(KeyPair pair) {
    this.pair = pair;
  }

  static TestSigner create() {
    try {
      return new TestSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public key, as a Tauri app has it in its configuration. */
  String publicKey() {
    byte[] x509 = pair.getPublic().getEncoded();
    byte[] key = Arrays.copyOfRange(x509, x509.length - KEY_BYTES, x509.length);
    return base64(
        ("untrusted comment: minisign public key\n" + base64(join(HEAD, key)) + "\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  /** The content of the signature file. */
  String sign(String content, String version) {
    byte[] signature = sign(content.getBytes(StandardCharsets.UTF_8));
    String comment = "timestamp:1\tfile:app\tversion:" + version;
    byte[] commentBytes = comment.getBytes(StandardCharsets.UTF_8);
    return base64(
        ("untrusted comment: signature from a test\n"
                + base64(join(HEAD, signature))
                + "\ntrusted comment: "
                + comment
                + "\n"
                + base64(sign(join(signature, commentBytes)))
                + "\n")
            .getBytes(StandardCharsets.UTF_8));
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

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }
}
