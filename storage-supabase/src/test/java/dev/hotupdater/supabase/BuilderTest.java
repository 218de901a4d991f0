package dev.hotupdater.supabase;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuilderTest {
  private static SupabaseStorage.Builder complete() {
    return SupabaseStorage.builder()
        .projectUrl(URI.create("https://abc.supabase.co"))
        .bucket("updates")
        .serviceRoleKey("key-of-this-test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://abc.supabase.co",
        "HTTPS://abc.supabase.co/",
        "https://own.example/supabase/",
        "http://localhost:54321",
        "http://127.0.0.1:54321",
        "http://[::1]:54321"
      })
  void projectUrl_safe_isTaken(String url) {
    assertDoesNotThrow(() -> complete().projectUrl(URI.create(url)).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://abc.supabase.co",
        "http://127.0.0.1.evil.example",
        "https://user:password@abc.supabase.co",
        "https://abc.supabase.co?a=b",
        "https://abc.supabase.co#a",
        "abc.supabase.co",
        "ftp://abc.supabase.co",
        "https:///a"
      })
  void projectUrl_unsafe_isRefusedAndNotShown(String url) {
    SupabaseStorage.Builder builder = complete();

    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> builder.projectUrl(URI.create(url)));

    assertFalse(String.valueOf(refusal.getMessage()).contains("password"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a?b", "a#b", "ü"})
  void bucket_unusable_isRefused(String bucket) {
    assertThrows(IllegalArgumentException.class, () -> complete().bucket(bucket));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "secret with space", "secret\r\nx: y", "secretü"})
  void serviceRoleKey_unusable_isRefusedAndNotShown(String key) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> complete().serviceRoleKey(key));

    assertFalse(String.valueOf(refusal.getMessage()).contains("secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/../b", "a//b", "100%", "ü"})
  void basePath_unusable_isRefused(String basePath) {
    assertThrows(IllegalArgumentException.class, () -> complete().basePath(basePath));
  }

  @Test
  void numbers_outOfRange_areRefused() {
    SupabaseStorage.Builder builder = complete();

    for (Duration lifetime : new Duration[] {Duration.ofSeconds(1), Duration.ofDays(3651)}) {
      assertThrows(IllegalArgumentException.class, () -> builder.downloadLifetime(lifetime));
    }
    for (Duration timeout : new Duration[] {Duration.ZERO, Duration.ofDays(2)}) {
      assertThrows(IllegalArgumentException.class, () -> builder.timeout(timeout));
      assertThrows(IllegalArgumentException.class, () -> builder.uploadTimeout(timeout));
    }
    assertThrows(IllegalArgumentException.class, () -> builder.attempts(0));
    assertThrows(IllegalArgumentException.class, () -> builder.attempts(11));
  }

  @Test
  void build_withoutWhatIsRequired_namesIt() {
    IllegalStateException problem =
        assertThrows(
            IllegalStateException.class, () -> SupabaseStorage.builder().bucket("updates").build());

    assertEquals("projectUrl is missing; set it before build()", problem.getMessage());
  }

  @Test
  void storage_declaresItsBucketAndShowsNoKey() {
    SupabaseStorage storage = complete().serviceRoleKey(" key-of-this-test\n").build();

    assertEquals("supabase-storage", storage.scheme());
    assertEquals(Optional.of(Set.of("updates")), storage.buckets());
    assertEquals("SupabaseStorage[supabase-storage://updates/]", storage.toString());
  }

  @Test
  void httpClient_ofTheEmbedder_isUsed() throws Exception {
    try (SupabaseServer server = SupabaseServer.start()) {
      HttpClient client =
          HttpClient.newBuilder()
              .proxy(
                  ProxySelector.of(
                      new InetSocketAddress(server.url().getHost(), server.url().getPort())))
              .build();
      SupabaseStorage storage =
          server.storage().projectUrl(URI.create("http://localhost:1")).httpClient(client).build();

      // Only through the proxy of the client does the request arrive at the server.
      storage.check();

      assertEquals(1, server.calls().size());
    }
  }

  @Test
  void readmeExample_builds() {
    SupabaseStorage storage = ReadmeExample.storage("https://abc.supabase.co", "key-of-this-test");

    assertEquals(Optional.of(Set.of("updates")), storage.buckets());
  }
}
