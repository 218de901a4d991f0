package dev.hotupdater.examples.capacitor;

import dev.hotupdater.examples.server.KeptSecret;
import dev.hotupdater.signature.RsaSigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The key that the web bundles of a data folder are signed with: made once, and kept in it. */
final class KeptSigningKey {
  private static final int BITS = 2048;

  private KeptSigningKey() {}

  static RsaSigningKey in(Path data) throws IOException {
    return RsaSigningKey.fromPem(
        KeptSecret.in(data, "signing-key.pem", KeptSigningKey::newKey).get());
  }

  private static String newKey() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder()
            .encodeToString(generator().generateKeyPair().getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static KeyPairGenerator generator() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has RSA", e);
    }
  }
}
