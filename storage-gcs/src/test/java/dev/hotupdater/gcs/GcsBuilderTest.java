package dev.hotupdater.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.gcs.standin.GcsStandIn;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of a storage. */
class GcsBuilderTest {
  private static final RequestContext CONTEXT = RequestContext.none();
  private static final StorageUri URI_A = new StorageUri("gs", GcsStandIn.BUCKET, "a.zip");

  private final GcsStandIn gcs = GcsStandIn.start();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    gcs.close();
  }

  @Test
  void build_asksNobodyAndReadsNoFile() {
    try (GcsStorage storage =
        GcsStorage.builder(GcsStandIn.BUCKET)
            .serviceAccount(folder.resolve("missing.json"))
            .endpoint(gcs.endpoint())
            .build()) {
      assertEquals(List.of(), gcs.requests());
      assertEquals("gs", storage.scheme());
      assertEquals(Optional.of(Set.of(GcsStandIn.BUCKET)), storage.buckets());

      StorageException failure = assertThrows(StorageException.class, storage::check);
      assertTrue(String.valueOf(failure.getMessage()).contains("missing.json"));
    }
  }

  @Test
  void serviceAccountInAFile_isReadAtTheFirstCall() throws Exception {
    Path file = folder.resolve("key.json");
    try (GcsStorage storage =
        GcsStorage.builder(GcsStandIn.BUCKET)
            .serviceAccount(file)
            .endpoint(gcs.endpoint())
            .build()) {
      Files.writeString(file, gcs.account().json(gcs.tokenUri()));

      storage.check();
      assertFalse(storage.exists(URI_A, CONTEXT));
    }
  }

  @Test
  void keyThatIsNone_isRefusedWithoutQuotingIt() throws Exception {
    String broken = gcs.account().json(gcs.tokenUri()).replace("MII", "SECRET");
    Path file = Files.writeString(folder.resolve("key.json"), broken);

    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                GcsStorage.builder(GcsStandIn.BUCKET)
                    .serviceAccount(new ByteArrayInputStream(broken.getBytes(UTF_8))));
    Secrets.assertNone(refusal, gcs);
    try (GcsStorage storage = GcsStorage.builder(GcsStandIn.BUCKET).serviceAccount(file).build()) {
      Secrets.assertNone(assertThrows(StorageException.class, storage::check), gcs);
    }
  }

  @Test
  void clientOfTheEmbedder_isUsedAndNotClosed() throws Exception {
    try (Storage client =
        StorageOptions.http()
            .setHost(gcs.endpoint().toString())
            .setProjectId("test-project")
            .setCredentials(
                ServiceAccountCredentials.fromStream(gcs.account().jsonStream(gcs.tokenUri())))
            .build()
            .getService()) {
      GcsStorage storage = GcsStorage.builder(GcsStandIn.BUCKET).client(client).build();
      storage.write(
          ObjectKey.of("a.zip"),
          new ByteArrayInputStream(new byte[3]),
          3,
          "application/zip",
          CONTEXT);
      storage.close();

      try (StoredObject object = storage.open(URI_A, ByteRange.ALL, CONTEXT)) {
        assertEquals(3, object.content().readAllBytes().length);
      }
      assertTrue(
          storage
              .downloadAddress(URI_A, CONTEXT)
              .url()
              .startsWith(gcs.endpoint() + "/" + GcsStandIn.BUCKET + "/a.zip?"));
    }
  }

  @Test
  void closedStorage_refusesToWork() {
    GcsStorage storage = GcsStorages.of(gcs).build();
    storage.check();
    storage.close();
    storage.close();

    StorageException failure = assertThrows(StorageException.class, storage::check);
    assertTrue(String.valueOf(failure.getMessage()).contains("is closed"));
  }

  @Test
  void signedAddresses_withoutAnEndpoint_areGoogles() throws Exception {
    try (GcsStorage storage =
        GcsStorage.builder(GcsStandIn.BUCKET)
            .serviceAccount(gcs.account().jsonStream(gcs.tokenUri()))
            .build()) {
      String url = storage.downloadAddress(URI_A, CONTEXT).url();
      assertEquals(
          "https://storage.googleapis.com/" + GcsStandIn.BUCKET + "/a.zip",
          url.substring(0, url.indexOf('?')));
      gcs.blobs().put("a.zip", new byte[3], "application/zip", "");
      assertEquals("HTTP/1.1 200 OK", statusLine(URI.create(url)));
    }
  }

  /** What the server of the test answers in Google's place. */
  private String statusLine(URI url) throws IOException {
    try (Socket socket = new Socket(gcs.endpoint().getHost(), gcs.endpoint().getPort())) {
      String request =
          "GET "
              + url.getRawPath()
              + '?'
              + url.getRawQuery()
              + " HTTP/1.1\r\nHost: "
              + url.getHost()
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8).split("\r\n", 2)[0];
    }
  }

  @Test
  void basePath_isForNewObjectsAndListings() {
    gcs.blobs().put("old.zip", new byte[1], "application/zip", "");
    gcs.blobs().put("otaku.zip", new byte[1], "application/zip", "");
    try (GcsStorage storage = GcsStorages.of(gcs).basePath("/ota/").build()) {
      StorageUri uri =
          storage.write(
              ObjectKey.of("a.zip"),
              new ByteArrayInputStream(new byte[3]),
              3,
              "application/zip",
              CONTEXT);

      assertEquals(new StorageUri("gs", GcsStandIn.BUCKET, "ota/a.zip"), uri);
      assertTrue(storage.exists(new StorageUri("gs", GcsStandIn.BUCKET, "old.zip"), CONTEXT));
      try (Stream<ObjectSummary> objects = storage.list("", CONTEXT)) {
        assertEquals(List.of(uri), objects.map(ObjectSummary::uri).toList());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ab", "My-Bucket", "gs://my-bucket", "my-bucket/", "my bucket", "-bucket"})
  void bucketThatCannotBe_isRefused(String bucket) {
    assertThrows(IllegalArgumentException.class, () -> GcsStorage.builder(bucket));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"my-app.appspot.com", "my-app.firebasestorage.app", "my_bucket", "abc", "a-1"})
  void bucketOfGoogleOrFirebase_isTaken(String bucket) {
    try (GcsStorage storage = GcsStorage.builder(bucket).build()) {
      assertEquals("GcsStorage[gs://" + bucket + "/]", storage.toString());
    }
  }

  @Test
  void settingsOutOfRange_areRefused() {
    GcsStorage.Builder builder = GcsStorage.builder(GcsStandIn.BUCKET);
    List<Runnable> settings =
        List.of(
            () -> builder.downloadLifetime(Duration.ofDays(7).plusSeconds(1)),
            () -> builder.downloadLifetime(Duration.ofMillis(999)),
            () -> builder.uploadLifetime(Duration.ZERO),
            () -> builder.connectTimeout(Duration.ZERO),
            () -> builder.readTimeout(Duration.ofHours(1)),
            () -> builder.maxAttempts(0),
            () -> builder.maxAttempts(21),
            () -> builder.endpoint(URI.create("ftp://localhost")),
            () -> builder.endpoint(URI.create("http://localhost/path")),
            () -> builder.publicUrl(URI.create("https://cdn.example.com/?a=b")),
            () -> builder.publicUrl(URI.create("cdn.example.com")),
            () -> builder.basePath("a//b").build());

    for (Runnable setting : settings) {
      assertThrows(IllegalArgumentException.class, setting::run);
    }
  }
}
