package dev.hotupdater.publishing.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.signature.RsaSigningKey;
import dev.hotupdater.signature.SigningKeys;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleSigningTest {
  @TempDir private Path folder;

  private static RsaSigningKey newKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return RsaSigningKey.fromPem(
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }

  private static void assertSigned(WebServer server, Artifact artifact, RsaSigningKey... keys)
      throws Exception {
    byte[] zip = server.bytes(artifact.storageUri());
    assertEquals(
        List.of(keys).stream().map(key -> Optional.of(key.id())).toList(),
        artifact.signatures().stream().map(ArtifactSignature::keyId).toList());
    for (int i = 0; i < keys.length; i++) {
      String text = artifact.signatures().get(i).text();
      assertTrue(keys[i].publicKey().verifies(new ByteArrayInputStream(zip), text));
    }
  }

  @Test
  void publish_signsTheZip_andLaterKeysSignItAgain() throws Exception {
    RsaSigningKey first = newKey();
    RsaSigningKey second = newKey();
    try (WebServer server =
        WebServer.start(folder, WebPublishing.builder().signedBy(SigningKeys.of(first)))) {
      PublishedBundle published = server.publish("1.0.0", "a.js", "1");
      assertSigned(server, published.artifact(), first);
      assertEquals(0, server.publishing.signAgain(WebServer.APP, WebServer.NONE));

      WebPublishing rotated =
          WebPublishing.builder()
              .signedBy(SigningKeys.of(second).and(first))
              .start(server.server.backend());
      assertEquals(1, rotated.signAgain(WebServer.APP, WebServer.NONE));
      assertSigned(server, server.stored(published.release()).artifacts().get(0), first, second);
      assertEquals(0, rotated.signAgain(WebServer.APP, WebServer.NONE));
    }
  }

  @Test
  void signAgain_ofWhatIsNotWhatWasPublished_isRefused_andNothingIsStored() throws Exception {
    RsaSigningKey first = newKey();
    try (WebServer server =
        WebServer.start(folder, WebPublishing.builder().signedBy(SigningKeys.of(first)))) {
      PublishedBundle published = server.publish("1.0.0", "a.js", "1");
      String uri = published.artifact().storageUri();
      byte[] zip = server.bytes(uri);
      WebPublishing rotated =
          WebPublishing.builder()
              .signedBy(SigningKeys.of(newKey()).and(first))
              .start(server.server.backend());
      byte[] changed = zip.clone();
      changed[changed.length / 2] ^= 1;
      for (byte[] other :
          List.of(
              changed, Arrays.copyOf(zip, zip.length + 1), Arrays.copyOf(zip, zip.length - 1))) {
        server.overwrite(uri, other);
        ReleaseStateException refusal =
            assertThrows(
                ReleaseStateException.class,
                () -> rotated.signAgain(WebServer.APP, WebServer.NONE));
        assertTrue(String.valueOf(refusal.getMessage()).contains("1.0.0"));
        assertEquals(published.release(), server.stored(published.release()));
      }
      server.overwrite(uri, zip);
      assertEquals(1, rotated.signAgain(WebServer.APP, WebServer.NONE));
    }
  }
}
