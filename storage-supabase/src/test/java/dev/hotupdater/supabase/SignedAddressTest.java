package dev.hotupdater.supabase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignedAddressTest {
  private static final RequestContext NONE = RequestContext.none();

  private final SupabaseServer server;
  private final SupabaseStorage storage;

  SignedAddressTest() throws IOException {
    server = SupabaseServer.start();
    storage = server.storage().build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private StorageUri put(String key) {
    server.put(key, key.getBytes(UTF_8));
    return uri(key);
  }

  private static StorageUri uri(String key) {
    return new StorageUri("supabase-storage", "updates", key);
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void downloadAddress_ofAMissingObject_isNotFound() {
    assertThrows(ObjectNotFoundException.class, () -> storage.downloadAddress(uri("a"), NONE));
  }

  @Test
  void downloadAddress_isAbsoluteAndWorksWithoutAKey() throws Exception {
    DownloadAddress address = storage.downloadAddress(put("bundles/a b.zip"), NONE);

    assertEquals(
        server.url() + "/storage/v1/object/sign/updates/bundles/a%20b.zip",
        address.url().substring(0, address.url().indexOf('?')));
    assertFalse(address.url().contains(SupabaseServer.KEY));
    assertEquals("bundles/a b.zip", get(address.url()).body());
  }

  @Test
  void downloadAddress_tampered_isRefused() throws Exception {
    String url = storage.downloadAddress(put("a"), NONE).url();
    int last = url.length() - 5;
    char other = url.charAt(last) == 'A' ? 'B' : 'A';

    assertEquals(400, get(url.substring(0, last) + other + url.substring(last + 1)).statusCode());
    assertEquals(400, get(url.substring(0, url.indexOf('?'))).statusCode());
    assertEquals(200, get(url).statusCode());
  }

  @Test
  void downloadAddress_forAnotherObject_isRefused() throws Exception {
    put("b");
    String url = storage.downloadAddress(put("a"), NONE).url();

    assertEquals(400, get(url.replace("/a?", "/b?")).statusCode());
  }

  @Test
  void downloadAddress_afterItsExpiry_isRefused() throws Exception {
    SupabaseStorage brief = server.storage().downloadLifetime(Duration.ofSeconds(100)).build();
    DownloadAddress address = brief.downloadAddress(put("a"), NONE);

    server.clockOffset = Duration.ofSeconds(50);
    assertEquals(200, get(address.url()).statusCode());
    server.clockOffset = Duration.ofSeconds(101);
    assertEquals(400, get(address.url()).statusCode());
  }

  @Test
  void expiry_isCountedFromBeforeTheCall() {
    Instant now = Instant.parse("2030-01-02T03:04:05.678Z");
    SupabaseStorage fixed =
        server
            .storage()
            .clock(Clock.fixed(now, ZoneOffset.UTC))
            .downloadLifetime(Duration.ofMinutes(2))
            .build();

    assertEquals(
        Optional.of(Instant.parse("2030-01-02T03:06:05Z")),
        fixed.downloadAddress(put("a"), NONE).expiry());
  }

  @Test
  void downloadAddresses_of250Objects_costOneCall() throws Exception {
    List<StorageUri> uris = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      uris.add(put("assets/" + i));
    }

    Map<StorageUri, DownloadAddress> addresses = storage.downloadAddresses(uris, NONE);

    assertEquals(List.of("POST /storage/v1/object/sign/updates"), server.calls());
    assertEquals(Set.copyOf(uris), addresses.keySet());
    for (StorageUri uri : List.of(uris.get(0), uris.get(100), uris.get(249))) {
      assertEquals(uri.key(), get(requireNonNull(addresses.get(uri)).url()).body());
    }
  }

  @Test
  void downloadAddresses_ofManyObjectsWithLongKeys_costACallForEvery500() {
    List<StorageUri> uris = new ArrayList<>();
    for (int i = 0; i < 1001; i++) {
      uris.add(put("x".repeat(1000) + i));
    }

    assertEquals(Set.copyOf(uris), storage.downloadAddresses(uris, NONE).keySet());
    assertEquals(3, server.calls().size());
  }

  @Test
  void downloadAddresses_leaveOutWhatIsMissingOrForeign() {
    StorageUri found = put("a");
    StorageUri foreign = new StorageUri("supabase-storage", "others", "a");

    Map<StorageUri, DownloadAddress> addresses =
        storage.downloadAddresses(List.of(found, uri("missing"), uri("../a"), foreign), NONE);

    assertEquals(Set.of(found), addresses.keySet());
  }

  @Test
  void downloadAddresses_ofNothing_costNoCall() {
    assertEquals(Map.of(), storage.downloadAddresses(List.of(), NONE));
    assertEquals(List.of(), server.calls());
  }

  @Test
  void downloadAddress_ofAPublicBucket_isPermanentAndCostsNoCall() throws Exception {
    try (SupabaseServer open = SupabaseServer.startOldWithPublicBucket()) {
      SupabaseStorage publicStorage = open.storage().publicBucket().build();
      open.put("a b", "content".getBytes(UTF_8));

      DownloadAddress address = publicStorage.downloadAddress(uri("a b"), NONE);

      assertEquals(open.url() + "/storage/v1/object/public/updates/a%20b", address.url());
      assertEquals(Optional.empty(), address.expiry());
      assertEquals(List.of(), open.calls());
      assertEquals("content", get(address.url()).body());
    }
  }

  @Test
  void check_ofAPrivateBucketThatShouldBePublic_fails() {
    SupabaseStorage wrong = server.storage().publicBucket().build();

    StorageException problem = assertThrows(StorageException.class, wrong::check);

    assertEquals("The bucket is private", String.valueOf(problem.getMessage()).substring(0, 21));
  }

  @Test
  void downloadAddress_ofAnAnswerWithAStrangeToken_isRefused() {
    String answer = "[{\"path\":\"a\",\"error\":null,\"signedURL\":\"/x?token=a\\\"><b>\"}]";
    server.plan("POST", "/object/sign", SupabaseServer.answer(200, "application/json", answer));

    assertThrows(StorageException.class, () -> storage.downloadAddress(uri("a"), NONE));
  }

  @Test
  void downloadAddresses_ofAnAnswerWithOtherKeys_leaveThemOut() {
    String answer = "[{\"path\":\"b\",\"error\":null,\"signedURL\":\"/x?token=a.b.c\"}]";
    server.plan("POST", "/object/sign", SupabaseServer.answer(200, "application/json", answer));

    assertEquals(Map.of(), storage.downloadAddresses(List.of(uri("a")), NONE));
  }
}
