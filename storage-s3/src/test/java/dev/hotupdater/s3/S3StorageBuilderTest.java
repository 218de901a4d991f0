package dev.hotupdater.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.StorageUri;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3StorageBuilderTest {
  private static final RequestContext NONE = RequestContext.none();

  private static String url(S3Storage.Builder builder, String scheme) {
    try (S3Storage storage = builder.credentials("AKID", "secret").build()) {
      return storage.downloadAddress(new StorageUri(scheme, "updates", "a.zip"), NONE).url();
    }
  }

  @Test
  void build_onAws_putsTheBucketIntoTheHost() {
    String url = url(S3Storage.builder().bucket("updates").region("eu-central-1"), "s3");

    assertTrue(url.startsWith("https://updates.s3.eu-central-1.amazonaws.com/a.zip?"), url);
  }

  @Test
  void build_withEndpoint_putsTheBucketIntoThePath() {
    String url =
        url(
            S3Storage.builder()
                .bucket("updates")
                .scheme("r2")
                .region("auto")
                .endpoint(URI.create("https://account.r2.cloudflarestorage.com")),
            "r2");

    assertTrue(url.startsWith("https://account.r2.cloudflarestorage.com/updates/a.zip?"), url);
    assertTrue(url.contains("%2Fauto%2Fs3%2F"), "signed for the region auto");
  }

  @Test
  void build_withoutPathStyle_putsTheBucketIntoTheHostOfTheEndpoint() {
    String url =
        url(
            S3Storage.builder()
                .bucket("updates")
                .pathStyle(false)
                .endpoint(URI.create("https://s3.example.org")),
            "s3");

    assertTrue(url.startsWith("https://updates.s3.example.org/a.zip?"), url);
  }

  @Test
  void build_looksUpNoCredentialsAndMakesNoCall() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    try (ScriptedS3 script = ScriptedS3.failing(500, "InternalError");
        S3Storage storage =
            script
                .storage()
                .credentials(
                    () -> {
                      lookups.incrementAndGet();
                      return AwsBasicCredentials.create("AKID", "secret");
                    })
                .build()) {
      assertEquals(0, lookups.get());

      storage.downloadAddress(new StorageUri("s3", "updates", "a.zip"), NONE);

      assertTrue(lookups.get() > 0);
      assertEquals(0, script.requests().size(), "an address is signed without a call");
    }
  }

  @Test
  void build_saysWhichBucketAndSchemeItServes() {
    try (S3Storage storage =
        S3Storage.builder().bucket("updates").scheme("r2").basePath("/apps/").build()) {
      assertEquals("r2", storage.scheme());
      assertEquals(Optional.of(Set.of("updates")), storage.buckets());
      assertEquals("S3Storage[r2://updates/apps]", storage.toString());
    }
  }

  @Test
  void clients_thatArePassedIn_areUsedAndNotClosed() {
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET));
    try (S3Server server = S3Server.start();
        S3Client client =
            S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(credentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        S3Presigner presigner =
            S3Presigner.builder()
                .endpointOverride(URI.create("https://files.example.org"))
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .build()) {
      S3Storage storage =
          S3Storage.builder().bucket(S3Server.BUCKET).clients(client, presigner).build();
      storage.check();
      storage.close();

      storage.check();
      String url = storage.downloadAddress(new StorageUri("s3", "updates", "a.zip"), NONE).url();
      assertTrue(url.startsWith("https://updates.files.example.org/a.zip?"), url);
      assertEquals(1, client.listBuckets().buckets().size());
    }
  }

  @Test
  void build_withoutBucket_isRefused() {
    assertThrows(IllegalStateException.class, () -> S3Storage.builder().build());
  }

  static Stream<Consumer<S3Storage.Builder>> mistakes() {
    return Stream.of(
        builder -> builder.bucket("a/b"),
        builder -> builder.bucket("arn:aws:s3:us-west-2:1:accesspoint/x"),
        builder -> builder.bucket(""),
        builder -> builder.scheme("S3"),
        builder -> builder.region("eu central"),
        builder -> builder.bucket("updates").basePath("a/../b").build(),
        builder -> builder.credentials("", "secret"),
        builder -> builder.credentials("AKID", " "),
        builder -> builder.downloadLifetime(Duration.ofDays(8)),
        builder -> builder.downloadLifetime(Duration.ofMillis(999)),
        builder -> builder.uploadLifetime(Duration.ZERO),
        builder -> builder.connectTimeout(Duration.ZERO),
        builder -> builder.attemptTimeout(Duration.ofSeconds(-1)),
        builder -> builder.callTimeout(Duration.ofHours(2)),
        builder -> builder.uploadTimeout(Duration.ZERO),
        builder -> builder.maxAttempts(0),
        builder -> builder.maxAttempts(11),
        builder -> builder.partSize((5 << 20) - 1),
        builder -> builder.partSize(Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void setting_outOfRange_isRefused(Consumer<S3Storage.Builder> mistake) {
    assertThrows(IllegalArgumentException.class, () -> mistake.accept(S3Storage.builder()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host",
        "/path",
        "https:opaque",
        "https://user:secret@host",
        "https://host?token=secret",
        "https://host#secret"
      })
  void endpointAndUrls_ofAnotherForm_areRefusedWithoutRepeatingThem(String address) {
    URI uri = URI.create(address);
    for (Consumer<S3Storage.Builder> setting :
        Stream.<Consumer<S3Storage.Builder>>of(
                builder -> builder.endpoint(uri), builder -> builder.publicUrl(uri))
            .toList()) {
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> setting.accept(S3Storage.builder()));
      assertFalse(refusal.toString().contains("secret"), refusal::toString);
    }
  }
}
