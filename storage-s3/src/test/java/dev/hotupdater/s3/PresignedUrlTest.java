package dev.hotupdater.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import dev.hotupdater.storage.UnusableKeyException;
import dev.hotupdater.storage.UploadAddress;
import dev.hotupdater.storage.WritableStorage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** What clients can do with the addresses that they are given, and what not. */
class PresignedUrlTest {
  private static final RequestContext NONE = RequestContext.none();
  private static final byte[] CONTENT = "the content".getBytes(UTF_8);
  private static final String ZIP = "application/zip";

  private static S3Server server;
  private static S3Storage storage;
  private static StorageUri uri;

  @BeforeAll
  static void start() {
    server = S3Server.start();
    storage = server.storage().build();
    uri = write("bundles/1/bundle.zip");
    write("bundles/2/bundle.zip");
  }

  @AfterAll
  static void stop() {
    storage.close();
    server.close();
  }

  private static StorageUri write(String key) {
    return storage.write(
        ObjectKey.of(key), new ByteArrayInputStream(CONTENT), CONTENT.length, ZIP, NONE);
  }

  private static byte[] read(StorageUri uri) throws Exception {
    try (StoredObject object = storage.open(uri, ByteRange.ALL, NONE)) {
      return object.content().readAllBytes();
    }
  }

  private static String url() {
    return storage.downloadAddress(uri, NONE).url();
  }

  @Test
  void downloadAddress_byAPlainClient_servesTheObjectWithItsHeaders() throws Exception {
    HttpResponse<byte[]> answer = Http.get(url());

    assertEquals(200, answer.statusCode());
    assertArrayEquals(CONTENT, answer.body());
    assertEquals(Optional.of(ZIP), answer.headers().firstValue("Content-Type"));
    assertEquals(
        Optional.of(WritableStorage.CACHE_CONTROL), answer.headers().firstValue("Cache-Control"));
  }

  @Test
  void downloadAddress_byDefault_worksForAnHour() {
    Instant before = Instant.now();

    Instant expiry = storage.downloadAddress(uri, NONE).expiry().orElseThrow();

    assertFalse(expiry.isBefore(before.plusSeconds(3590)), "" + expiry);
    assertFalse(expiry.isAfter(Instant.now().plusSeconds(3610)), "" + expiry);
  }

  @Test
  void downloadAddress_signsNothingThatClientsDoNotSend() {
    assertTrue(url().contains("X-Amz-SignedHeaders=host&"), "only the host is signed");
    assertFalse(url().contains("checksum"), "no checksum mode");
  }

  @Test
  void downloadAddress_withAnotherSignature_isRefused() throws Exception {
    String url = url();
    String signature = "X-Amz-Signature=";
    int start = url.indexOf(signature) + signature.length();
    char first = url.charAt(start);
    String forged = url.substring(0, start) + (first == 'a' ? 'b' : 'a') + url.substring(start + 1);

    assertEquals(403, Http.status("GET", forged));
  }

  @Test
  void downloadAddress_forAnotherKey_isRefused() throws Exception {
    assertEquals(403, Http.status("GET", url().replace("bundles/1/", "bundles/2/")));
  }

  @Test
  void downloadAddress_withALongerLife_isRefused() throws Exception {
    assertTrue(url().contains("X-Amz-Expires=3600"));
    assertEquals(
        403, Http.status("GET", url().replace("X-Amz-Expires=3600", "X-Amz-Expires=604800")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "POST"})
  void downloadAddress_withAnotherMethod_isRefused(String method) throws Exception {
    assertEquals(403, Http.status(method, url()));
    assertArrayEquals(CONTENT, read(uri));
  }

  @Test
  void downloadAddress_afterItsLife_isRefused() throws Exception {
    try (S3Storage brief = server.storage().downloadLifetime(Duration.ofSeconds(1)).build()) {
      DownloadAddress address = brief.downloadAddress(uri, NONE);
      Instant end = Instant.now().plusSeconds(30);
      while (Http.status("GET", address.url()) == 200 && Instant.now().isBefore(end)) {
        Thread.sleep(100);
      }

      assertEquals(403, Http.status("GET", address.url()));
      assertFalse(Instant.now().isBefore(address.expiry().orElseThrow()));
    }
  }

  @Test
  void downloadAddress_ofCredentialsThatExpireSooner_expiresWithThem() {
    Instant end = Instant.now().plusSeconds(120);
    try (S3Storage temporary =
        server
            .storage()
            .credentials(
                () ->
                    AwsSessionCredentials.builder()
                        .accessKeyId("id")
                        .secretAccessKey("secret")
                        .sessionToken("token")
                        .expirationTime(end)
                        .build())
            .build()) {
      assertEquals(Optional.of(end), temporary.downloadAddress(uri, NONE).expiry());
      assertEquals(end, temporary.uploadAddress(ObjectKey.of("a.zip"), 1, ZIP, NONE).expiry());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a//b", "a/../b", "./a", "a\\b", "a\nb"})
  void downloadAddress_ofAKeyThatNoObjectHas_isRefused(String key) {
    StorageUri odd = new StorageUri("s3", S3Server.BUCKET, key);

    assertThrows(UnusableKeyException.class, () -> storage.downloadAddress(odd, NONE));
  }

  @Test
  void uploadAddress_withItsHeaders_writesTheObject() throws Exception {
    ObjectKey key = ObjectKey.of("up/ü b.zip");
    UploadAddress address = storage.uploadAddress(key, CONTENT.length, ZIP, NONE);

    assertEquals(200, Http.put(address, CONTENT));

    StorageUri written = new StorageUri("s3", S3Server.BUCKET, key.toString());
    assertArrayEquals(CONTENT, read(written));
    HttpResponse<byte[]> answer = Http.get(storage.downloadAddress(written, NONE).url());
    assertEquals(Optional.of(ZIP), answer.headers().firstValue("Content-Type"));
    assertEquals(
        Optional.of(WritableStorage.CACHE_CONTROL), answer.headers().firstValue("Cache-Control"));
  }

  @Test
  void uploadAddress_namesTheHeadersThatAreSigned() {
    UploadAddress address = storage.uploadAddress(ObjectKey.of("h.zip"), 5, ZIP, NONE);

    assertEquals("PUT", address.method());
    assertEquals(
        Map.of("Content-Type", ZIP, "Cache-Control", WritableStorage.CACHE_CONTROL),
        address.headers());
    assertTrue(
        address
            .url()
            .contains("X-Amz-SignedHeaders=cache-control%3Bcontent-length%3Bcontent-type%3Bhost"),
        "the size is signed, too");
  }

  @Test
  void plainUploadAddress_withoutAnyHeader_writesTheObject() throws Exception {
    ObjectKey key = ObjectKey.of("up/1.2.0+7/plain b.zip");
    UploadAddress address = storage.plainUploadAddress(key, CONTENT.length, NONE);

    assertEquals(Map.of(), address.headers());
    assertTrue(address.url().contains("X-Amz-SignedHeaders=content-length%3Bhost"), address.url());
    assertEquals(403, Http.status("PUT", address.url(), Map.of(), new byte[CONTENT.length + 1]));
    assertMissing(key);
    assertEquals(200, Http.status("PUT", address.url(), Map.of(), CONTENT));
    assertArrayEquals(CONTENT, read(storage.uri(key)));
  }

  @Test
  void uploadAddress_ofNoBytes_writesAnEmptyObject() throws Exception {
    ObjectKey key = ObjectKey.of("up/empty");

    assertEquals(200, Http.put(storage.uploadAddress(key, 0, ZIP, NONE), new byte[0]));

    assertEquals(0, read(new StorageUri("s3", S3Server.BUCKET, key.toString())).length);
  }

  @Test
  void uploadAddress_withAnotherSize_isRefused() throws Exception {
    ObjectKey key = ObjectKey.of("up/size.zip");
    UploadAddress address = storage.uploadAddress(key, CONTENT.length, ZIP, NONE);

    assertEquals(403, Http.put(address, new byte[CONTENT.length + 1]));
    assertEquals(403, Http.put(address, new byte[CONTENT.length - 1]));
    assertMissing(key);
  }

  @Test
  void uploadAddress_withOtherHeaders_isRefused() throws Exception {
    ObjectKey key = ObjectKey.of("up/type.zip");
    UploadAddress address = storage.uploadAddress(key, CONTENT.length, ZIP, NONE);
    Map<String, String> html =
        Map.of("Content-Type", "text/html", "Cache-Control", WritableStorage.CACHE_CONTROL);
    Map<String, String> shortLived = Map.of("Content-Type", ZIP, "Cache-Control", "no-store");

    assertEquals(403, Http.status("PUT", address.url(), html, CONTENT));
    assertEquals(403, Http.status("PUT", address.url(), shortLived, CONTENT));
    assertEquals(403, Http.status("PUT", address.url(), Map.of(), CONTENT));
    assertMissing(key);
  }

  @Test
  void uploadAddress_forAnotherKeyOrMethod_isRefused() throws Exception {
    UploadAddress address =
        storage.uploadAddress(ObjectKey.of("up/own.zip"), CONTENT.length, ZIP, NONE);
    String other = address.url().replace("/up/own.zip", "/up/other.zip");

    assertEquals(403, Http.status("PUT", other, address.headers(), CONTENT));
    assertEquals(403, Http.status("DELETE", address.url(), address.headers(), CONTENT));
    assertMissing(ObjectKey.of("up/other.zip"));
  }

  @Test
  void uploadAddress_withBasePath_writesBelowIt() throws Exception {
    try (S3Storage below = server.storage().basePath("apps/one").build()) {
      UploadAddress address = below.uploadAddress(ObjectKey.of("a.zip"), CONTENT.length, ZIP, NONE);

      assertEquals(200, Http.put(address, CONTENT));
      assertArrayEquals(CONTENT, read(new StorageUri("s3", S3Server.BUCKET, "apps/one/a.zip")));
    }
  }

  @Test
  void addresses_ofAClosedStorage_areRefused() {
    S3Storage closed = server.storage().build();
    closed.downloadAddress(uri, NONE);
    closed.close();
    closed.close();

    StorageException refusal =
        assertThrows(StorageException.class, () -> closed.downloadAddress(uri, NONE));
    assertTrue(String.valueOf(refusal.getMessage()).contains("closed"));
  }

  private static void assertMissing(ObjectKey key) {
    assertFalse(storage.exists(new StorageUri("s3", S3Server.BUCKET, key.toString()), NONE));
  }
}
