package dev.hotupdater.supabase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import dev.hotupdater.storage.UnusableKeyException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupabaseKeysTest {
  private static final RequestContext NONE = RequestContext.none();

  private final SupabaseServer server;
  private final SupabaseStorage storage;

  SupabaseKeysTest() throws IOException {
    server = SupabaseServer.start();
    storage = server.storage().build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static StorageUri write(SupabaseStorage storage, String key) {
    byte[] content = key.getBytes(UTF_8);
    return storage.write(
        ObjectKey.of(key), new ByteArrayInputStream(content), content.length, "text/plain", NONE);
  }

  private String read(StorageUri uri) throws IOException {
    try (StoredObject object = storage.open(uri, ByteRange.ALL, NONE)) {
      return new String(object.content().readAllBytes(), UTF_8);
    }
  }

  private static String get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void objects_ofKeysWithEveryAcceptedCharacter_areDifferentAndCanBeDownloaded() throws Exception {
    List<String> keys =
        "aA0_!.*'() &$@=;:+,?-".chars().mapToObj(c -> "k" + (char) c + "k").toList();
    List<StorageUri> uris = keys.stream().map(key -> write(storage, "f/" + key)).toList();

    for (int i = 0; i < keys.size(); i++) {
      assertEquals("f/" + keys.get(i), read(uris.get(i)));
      assertEquals("f/" + keys.get(i), get(storage.downloadAddress(uris.get(i), NONE).url()));
    }
    try (Stream<ObjectSummary> found = storage.list("f/k", NONE)) {
      assertEquals(keys.size(), found.count());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%20b", "ü.zip", "a#b", "a[1]", "a{b}", "a\"b", "a~b", "a^b", "a`b", "a|b", "<a>"
      })
  void write_unusableKey_isRefusedWithoutACall(String key) {
    assertThrows(UnusableKeyException.class, () -> write(storage, key));

    assertEquals(List.of(), server.calls());
  }

  @Test
  void write_keyThatTheServerRefuses_isUnusable() {
    String refusal =
        "{\"statusCode\":\"400\",\"error\":\"InvalidKey\",\"message\":\"Invalid key: a\"}";
    server.plan("POST", "/object/", SupabaseServer.answer(400, "application/json", refusal));

    assertThrows(UnusableKeyException.class, () -> write(storage, "a"));
  }

  @Test
  void open_keyThatTheServerRefuses_isNotFound() {
    StorageUri uri = new StorageUri("supabase-storage", "updates", "100%.zip");

    assertThrows(
        ObjectNotFoundException.class, () -> storage.open(uri, ByteRange.ALL, NONE).close());
    assertFalse(storage.exists(uri, NONE));
    assertThrows(ObjectNotFoundException.class, () -> storage.downloadAddress(uri, NONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../other/a", "a/../../other/a", "a//b", "/a", "a/", "", "a\\b", "."})
  void keysThatLeadElsewhere_areNeverSent(String key) {
    StorageUri uri = new StorageUri("supabase-storage", "updates", key);

    assertThrows(
        ObjectNotFoundException.class, () -> storage.open(uri, ByteRange.ALL, NONE).close());
    assertThrows(ObjectNotFoundException.class, () -> storage.downloadAddress(uri, NONE));
    assertFalse(storage.exists(uri, NONE));
    storage.delete(uri, NONE);
    storage.deleteAll(List.of(uri), NONE);

    assertEquals(List.of(), server.calls());
  }

  @Test
  void basePath_isTheFolderOfNewObjectsAndOfListings() throws Exception {
    SupabaseStorage below = server.storage().basePath("/apps/shop/").build();
    write(storage, "apps/shopping/b");
    write(storage, "c");

    StorageUri uri = write(below, "bundles/a");

    assertEquals("supabase-storage://updates/apps/shop/bundles/a", uri.toString());
    assertTrue(server.object("apps/shop/bundles/a").isPresent());
    assertEquals("bundles/a", read(uri));
    try (Stream<ObjectSummary> found = below.list("", NONE)) {
      assertEquals(List.of(uri), found.map(ObjectSummary::uri).toList());
    }
  }
}
