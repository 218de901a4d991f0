package dev.hotupdater.gcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.gcs.standin.GcsStandIn;
import dev.hotupdater.gcs.standin.StoredBlobs;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.UnusableKeyException;
import dev.hotupdater.storage.UploadAddress;
import dev.hotupdater.storage.WritableStorage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that work without credentials, and what nobody can make of them. */
class SignedAddressTest {
  private static final RequestContext CONTEXT = RequestContext.none();
  private static final byte[] CONTENT = {1, 2, 3, 4, 5};

  private final GcsStandIn gcs = GcsStandIn.start();
  private final GcsStorage storage = GcsStorages.of(gcs).build();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    storage.close();
    gcs.close();
  }

  private static StorageUri uri(String key) {
    return new StorageUri("gs", GcsStandIn.BUCKET, key);
  }

  private DownloadAddress planted(String key) {
    gcs.blobs().put(key, CONTENT, "application/zip", "");
    return storage.downloadAddress(uri(key), CONTEXT);
  }

  private HttpResponse<byte[]> get(String url) throws Exception {
    return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
  }

  private int put(UploadAddress address, Map<String, String> headers, byte[] body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.url())).PUT(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private UploadAddress upload(String key) {
    return storage.uploadAddress(ObjectKey.of(key), CONTENT.length, "application/zip", CONTEXT);
  }

  @Test
  void download_asGiven_servesTheObject() throws Exception {
    HttpResponse<byte[]> response = get(planted("a b/ü.zip").url());

    assertEquals(200, response.statusCode());
    assertArrayEquals(CONTENT, response.body());
  }

  @Test
  void addresses_areMadeWithoutARequest() {
    storage.downloadAddress(uri("a.zip"), CONTEXT);
    upload("b.zip");

    assertEquals(List.of(), gcs.requests());
  }

  static Stream<List<String>> tamperings() {
    return Stream.of(
        List.of("/a\\.zip\\?", "/b.zip?"),
        List.of("/a\\.zip\\?", "/A.zip?"),
        List.of("/a\\.zip\\?", "/x/../a.zip?"),
        List.of("X-Goog-Expires=3600", "X-Goog-Expires=86400"),
        List.of("X-Goog-Date=2\\d{7}T", "X-Goog-Date=20990101T"),
        List.of("X-Goog-Credential=updates", "X-Goog-Credential=other"),
        List.of("X-Goog-SignedHeaders=host", "X-Goog-SignedHeaders="),
        List.of("X-Goog-Signature=...", "X-Goog-Signature=000"),
        List.of("&X-Goog-Signature=.*", ""),
        List.of("$", "&generation=1"),
        List.of("\\?.*", ""),
        List.of("http://127\\.0\\.0\\.1", "http://localhost"));
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void download_tampered_isRefused(List<String> change) throws Exception {
    planted("b.zip");
    String url = planted("a.zip").url();

    String tampered = url.replaceFirst(change.get(0), change.get(1));

    assertFalse(url.equals(tampered), url);
    assertEquals(403, get(tampered).statusCode(), tampered);
    assertEquals(200, get(url).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "POST"})
  void download_byAnotherMethod_isRefused(String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(planted("a.zip").url()))
            .method(method, BodyPublishers.ofByteArray(CONTENT))
            .build();

    assertEquals(403, http.send(request, BodyHandlers.discarding()).statusCode());
  }

  @Test
  void download_worksUntilItsExpiryAndNoLonger() throws Exception {
    DownloadAddress address = planted("a.zip");
    Instant expiry = address.expiry().orElseThrow();

    gcs.setClock(Clock.fixed(expiry.minusMillis(1), ZoneOffset.UTC));
    assertEquals(200, get(address.url()).statusCode());
    // The time of a signature is in whole seconds, and the address may be made a second later.
    gcs.setClock(Clock.fixed(expiry.plusSeconds(30), ZoneOffset.UTC));
    assertEquals(403, get(address.url()).statusCode());
  }

  @Test
  void download_lifetime_isAnHourOrAsSet() {
    Instant start = Instant.now();
    try (GcsStorage week = GcsStorages.of(gcs).downloadLifetime(Duration.ofDays(7)).build()) {
      Instant hour = storage.downloadAddress(uri("a.zip"), CONTEXT).expiry().orElseThrow();
      Instant days = week.downloadAddress(uri("a.zip"), CONTEXT).expiry().orElseThrow();

      assertTrue(hour.isAfter(start.plusSeconds(3590)) && hour.isBefore(start.plusSeconds(3900)));
      assertTrue(days.isAfter(start.plus(Duration.ofDays(7)).minusSeconds(10)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a//b", "a/../b", "..", "a\u0000"})
  void download_ofAKeyThatNoObjectCanHave_isRefused(String key) {
    assertThrows(UnusableKeyException.class, () -> storage.downloadAddress(uri(key), CONTEXT));
  }

  @Test
  void upload_withTheGivenHeadersOnly_storesTheObject() throws Exception {
    UploadAddress address = upload("up/a b.zip");

    assertEquals("PUT", address.method());
    assertEquals(200, put(address, address.headers(), CONTENT));

    StoredBlobs.StoredBlob stored = gcs.blobs().find("up/a b.zip").orElseThrow();
    assertArrayEquals(CONTENT, stored.content());
    assertEquals("application/zip", stored.contentType());
    assertEquals(WritableStorage.CACHE_CONTROL, stored.cacheControl());
  }

  @Test
  void plainUpload_withoutAnyHeader_storesTheObject() throws Exception {
    try (GcsStorage below = GcsStorages.of(gcs).basePath("/apps/").build()) {
      ObjectKey key = ObjectKey.of("up/1.2.0+7/plain b.zip");
      UploadAddress address = below.plainUploadAddress(key, CONTENT.length, CONTEXT);

      assertEquals(Map.of(), address.headers());
      assertEquals(200, put(address, Map.of(), CONTENT));
      assertTrue(below.exists(below.uri(key), CONTEXT));
      assertTrue(gcs.blobs().find("apps/" + key).isPresent());
    }
  }

  @Test
  void upload_belowABasePath_storesTheObjectThere() throws Exception {
    try (GcsStorage below = GcsStorages.of(gcs).basePath("/ota/").build()) {
      UploadAddress address =
          below.uploadAddress(ObjectKey.of("a.zip"), CONTENT.length, "application/zip", CONTEXT);

      assertEquals(200, put(address, address.headers(), CONTENT));
      assertTrue(gcs.blobs().find("ota/a.zip").isPresent());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 6})
  void upload_ofAnotherSize_isRefused(int size) throws Exception {
    UploadAddress address = upload("a.zip");

    assertEquals(400, put(address, address.headers(), new byte[size]));
    assertTrue(gcs.blobs().find("a.zip").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"content-type", "cache-control", "x-goog-content-length-range"})
  void upload_withAHeaderMissingOrDifferent_isRefused(String header) throws Exception {
    UploadAddress address = upload("a.zip");
    Map<String, String> missing = new TreeMap<>(address.headers());
    missing.remove(header);
    Map<String, String> different = new TreeMap<>(address.headers());
    different.put(header, "0,100000");

    assertEquals(403, put(address, missing, CONTENT));
    assertEquals(403, put(address, different, CONTENT));
    assertTrue(gcs.blobs().find("a.zip").isEmpty());
  }

  @Test
  void upload_withAnotherHeaderOfTheService_isRefused() throws Exception {
    UploadAddress address = upload("a.zip");
    Map<String, String> more = new TreeMap<>(address.headers());
    more.put("x-goog-acl", "public-read");

    assertEquals(403, put(address, more, CONTENT));
  }

  @Test
  void upload_expiredOrForAnotherObjectOrRead_isRefused() throws Exception {
    UploadAddress address = upload("a.zip");
    UploadAddress other =
        UploadAddress.of(
            "PUT", address.url().replace("/a.zip", "/b.zip"), address.headers(), address.expiry());

    assertEquals(403, put(other, address.headers(), CONTENT));
    assertEquals(403, get(address.url()).statusCode());
    gcs.setClock(Clock.fixed(address.expiry().plusSeconds(30), ZoneOffset.UTC));
    assertEquals(403, put(address, address.headers(), CONTENT));
  }

  @Test
  void publicUrl_isFollowedByTheKeyAndNeverExpires() {
    try (GcsStorage open =
        GcsStorages.of(gcs).publicUrl(URI.create("https://cdn.example.com/files")).build()) {
      DownloadAddress address = open.downloadAddress(uri("a b/ü.zip"), CONTEXT);

      assertEquals("https://cdn.example.com/files/a%20b/%C3%BC.zip", address.url());
      assertTrue(address.expiry().isEmpty());
      assertThrows(
          UnusableKeyException.class, () -> open.downloadAddress(uri("../a.zip"), CONTEXT));
    }
  }

  @Test
  void credentialsThatCannotSign_areRefusedWithWhatToDo() {
    try (GcsStorage unsigned = withToken()) {
      StorageException refusal =
          assertThrows(
              StorageException.class, () -> unsigned.downloadAddress(uri("a.zip"), CONTEXT));

      assertTrue(String.valueOf(refusal.getMessage()).contains("iam.serviceAccounts.signBlob"));
      assertThrows(StorageException.class, unsigned::check);
    }
  }

  private GcsStorage withToken() {
    OAuth2Credentials token =
        OAuth2Credentials.create(
            AccessToken.newBuilder()
                .setTokenValue(gcs.token())
                .setExpirationTime(java.util.Date.from(Instant.now().plusSeconds(3600)))
                .build());
    return GcsStorages.of(gcs).credentials(token).build();
  }

  @ParameterizedTest
  @CsvSource({
    "Error code 403 trying to sign provided bytes: SECRET, false",
    "Error code 429 trying to sign provided bytes: SECRET, true",
    "Unexpected Error code 503 trying to sign provided bytes: SECRET, true"
  })
  void signerThatAnswersWithAnError_isUnavailableIfThatMayPass(String message, boolean passing) {
    try (GcsStorage storage =
        GcsStorages.of(gcs).credentials(new RemoteSigner(new IOException(message))).build()) {
      StorageException failure =
          assertThrows(
              StorageException.class, () -> storage.downloadAddress(uri("a.zip"), CONTEXT));

      assertEquals(passing, failure instanceof StorageUnavailableException);
      assertFalse(String.valueOf(failure).contains("SECRET"));
    }
  }

  @Test
  void signerThatFails_isToldFromOneThatIsUnreachable() {
    RemoteSigner denied = new RemoteSigner(new IOException("SECRET of the server"));
    RemoteSigner unreachable = new RemoteSigner(new java.net.ConnectException("refused"));

    try (GcsStorage one = GcsStorages.of(gcs).credentials(denied).build();
        GcsStorage other = GcsStorages.of(gcs).credentials(unreachable).build()) {
      StorageException refusal =
          assertThrows(StorageException.class, () -> one.downloadAddress(uri("a.zip"), CONTEXT));
      assertFalse(refusal instanceof StorageUnavailableException);
      assertFalse(String.valueOf(refusal).contains("SECRET"));
      assertThrows(
          StorageUnavailableException.class, () -> other.downloadAddress(uri("a.zip"), CONTEXT));
    }
  }
}
