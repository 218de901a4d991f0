package dev.hotupdater.gcs.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;

/** A service account with a key of its own, and the public half to check what it signs. */
public final class ServiceAccount {
  public static final String EMAIL = "updates@test-project.iam.gserviceaccount.com";

  private final KeyPair keys;

  private ServiceAccount(KeyPair keys) {
    this.keys = keys;
  }

  public static ServiceAccount create() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return new ServiceAccount(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The private key as it is in the JSON. */
  public String privateKeyPem() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** The JSON that Google gives for the key. */
  public String json(URI tokenUri) {
    Map<String, String> fields =
        Map.of(
            "type", "service_account",
            "project_id", "test-project",
            "private_key_id", "0123456789abcdef",
            "private_key", privateKeyPem(),
            "client_email", EMAIL,
            "client_id", "1234567890",
            "token_uri", tokenUri.toString());
    return new ObjectMapper().valueToTree(fields).toString();
  }

  public InputStream jsonStream(URI tokenUri) {
    return new ByteArrayInputStream(json(tokenUri).getBytes(UTF_8));
  }

  /** Whether this account signed the text. */
  public boolean signed(String text, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(keys.getPublic());
      verifier.update(text.getBytes(UTF_8));
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
