package dev.hotupdater.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.StorageUri;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of a content delivery network in front of the bucket. */
class CloudFrontTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.750Z");
  private static final URI CDN = URI.create("https://d111.cloudfront.net/");
  private static final StorageUri OBJECT = new StorageUri("s3", "updates", "a b/ü+(1)/c.zip");
  private static final String PATH = "https://d111.cloudfront.net/a%20b/%C3%BC%2B(1)/c.zip";
  private static final Pattern SIGNED =
      Pattern.compile("(.*)\\?Expires=(\\d+)&Signature=([A-Za-z0-9_~-]+)&Key-Pair-Id=K2TEST");

  private static KeyPair keys;

  @BeforeAll
  static void makeKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
  }

  private static String pem() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(keys.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static S3Storage.Builder storage() {
    return S3Storage.builder()
        .bucket("updates")
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .credentials("unused", "unused");
  }

  private static DownloadAddress address(S3Storage.Builder builder) {
    try (S3Storage storage = builder.build()) {
      return storage.downloadAddress(OBJECT, RequestContext.none());
    }
  }

  /** Checks a URL as CloudFront does: it builds the policy from it, and has the public key. */
  private static boolean admits(String url) throws GeneralSecurityException {
    Matcher matcher = SIGNED.matcher(url);
    assertTrue(matcher.matches(), url);
    String policy =
        "{\"Statement\":[{\"Resource\":\""
            + matcher.group(1)
            + "\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":"
            + matcher.group(2)
            + "}}}]}";
    Signature signature = Signature.getInstance("SHA1withRSA");
    signature.initVerify(keys.getPublic());
    signature.update(policy.getBytes(US_ASCII));
    return signature.verify(
        Base64.getDecoder()
            .decode(matcher.group(3).replace('-', '+').replace('_', '=').replace('~', '/')));
  }

  @Test
  void downloadAddress_isSignedForAnHour() throws Exception {
    DownloadAddress address =
        address(storage().cloudFront(CDN, CloudFrontKey.ofPem("K2TEST", pem())));

    assertTrue(address.url().startsWith(PATH + "?Expires=1772370000&"), address.url());
    assertEquals(Optional.of(Instant.ofEpochSecond(1772370000)), address.expiry());
    assertTrue(admits(address.url()));
  }

  @Test
  void downloadAddress_thatIsChanged_isNotAdmitted() throws Exception {
    CloudFrontKey key = CloudFrontKey.of("K2TEST", (RSAPrivateKey) keys.getPrivate());
    String url = address(storage().cloudFront(CDN, key)).url();

    assertTrue(admits(url));
    assertFalse(admits(url.replace("c.zip", "d.zip")));
    assertFalse(admits(url.replace("Expires=177237", "Expires=187237")));
  }

  @Test
  void downloadAddress_hasTheLifetimeThatIsSet() {
    CloudFrontKey key = CloudFrontKey.of("K2TEST", (RSAPrivateKey) keys.getPrivate());

    DownloadAddress address =
        address(storage().downloadLifetime(Duration.ofDays(7)).cloudFront(CDN, key));

    assertEquals(Optional.of(Instant.parse("2026-03-08T12:00:00Z")), address.expiry());
  }

  @Test
  void publicUrl_givesPermanentAddresses() {
    DownloadAddress address =
        address(storage().publicUrl(URI.create("https://cdn.example/apps//")));

    assertEquals("https://cdn.example/apps/a%20b/%C3%BC%2B(1)/c.zip", address.url());
    assertEquals(Optional.empty(), address.expiry());
  }

  @Test
  void publicUrl_afterCloudFront_takesItsPlace() {
    CloudFrontKey key = CloudFrontKey.of("K2TEST", (RSAPrivateKey) keys.getPrivate());

    DownloadAddress address = address(storage().cloudFront(CDN, key).publicUrl(CDN));

    assertEquals(PATH, address.url());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nc2V=jcmV0=\n-----END PRIVATE KEY-----"
      })
  void ofPem_ofSomethingElse_isRefusedWithoutRepeatingIt(String pem) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> CloudFrontKey.ofPem("K2TEST", pem));

    assertFalse(refusal.toString().contains("c2V"), refusal::toString);
    assertFalse(refusal.toString().contains("secret"), refusal::toString);
  }

  @Test
  void key_asText_leavesOutTheKey() {
    assertEquals("CloudFrontKey[K2TEST]", CloudFrontKey.ofPem("K2TEST", pem()).toString());
    assertThrows(IllegalArgumentException.class, () -> CloudFrontKey.ofPem("K2&x=", pem()));
  }
}
