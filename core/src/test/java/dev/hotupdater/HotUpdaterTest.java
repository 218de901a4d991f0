package dev.hotupdater;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleJson;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.SchemaException;
import dev.hotupdater.http.Access;
import dev.hotupdater.protocol.health.HealthRoutes;
import dev.hotupdater.protocol.hotupdater.BundleRoutes;
import dev.hotupdater.protocol.standalone.StandaloneStorageRoutes;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.Storage;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HotUpdaterTest {
  private static final String NIL = BundleId.NIL.toString();
  private static final String CHECK = "/app-version/ios/1.0.0/production/" + NIL + "/" + NIL;

  private static Bundle bundle(String storageUri) {
    return Bundle.builder()
        .id(BundleId.of("0199a000-0000-7000-8000-000000000001"))
        .platform(Platform.IOS)
        .fileHash("hash")
        .storageUri(storageUri)
        .targetAppVersion(Optional.of("1.x"))
        .build();
  }

  /** A storage whose addresses are what a test says. */
  private static class PlainStorage implements Storage {
    private final String scheme;
    private final Optional<Set<String>> buckets;

    PlainStorage(String scheme, String... buckets) {
      this.scheme = scheme;
      this.buckets = buckets.length == 0 ? Optional.empty() : Optional.of(Set.of(buckets));
    }

    @Override
    public String scheme() {
      return scheme;
    }

    @Override
    public Optional<Set<String>> buckets() {
      return buckets;
    }

    @Override
    public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
      return DownloadAddress.permanent("https://" + uri.bucket() + ".test/" + uri.key());
    }

    @Override
    public StoredObject open(StorageUri uri, ByteRange range, RequestContext context) {
      return StoredObject.of(InputStream.nullInputStream(), 0);
    }
  }

  private static HotUpdater managingFiles() {
    return HotUpdater.builder()
        .database(InMemoryDatabase.create())
        .storage(FileStorage.at(Path.of("nowhere")))
        .routes(BundleRoutes.protectedBy(Access.delegated()))
        .build();
  }

  private static Database failing(DatabaseException failure) {
    return new Database() {
      @Override
      public void check() {
        throw failure;
      }

      @Override
      public BundleStore bundles(RequestContext context) {
        throw failure;
      }
    };
  }

  private static HotUpdater serving(Storage storage, String storageUri) {
    return serving(storage, storageUri, Duration.ofSeconds(30));
  }

  private static HotUpdater serving(Storage storage, String storageUri, Duration timeout) {
    HotUpdater server =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(storage)
            .routes(HealthRoutes.create())
            .storageTimeout(timeout)
            .build();
    server.bundles().publish(bundle(storageUri));
    return server;
  }

  @Test
  void build_everythingWrong_isReportedAtOnce() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () ->
                HotUpdater.builder()
                    .basePath("updates/")
                    .publicUrl(URI.create("ftp://updates.example.com"))
                    .storage(new PlainStorage("s3"))
                    .storage(new PlainStorage("s3", "one"))
                    .routes(HealthRoutes.create())
                    .routes(HealthRoutes.create())
                    .build());

    assertEquals(5, e.problems().size(), e::toString);
  }

  @Test
  void build_routesThatLackTheirStorage_areReported() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () ->
                HotUpdater.builder()
                    .database(InMemoryDatabase.create())
                    .routes(StandaloneStorageRoutes.protectedBy(Access.delegated()))
                    .build());

    assertEquals(1, e.problems().size());
  }

  @Test
  void build_storagesOfOneSchemeWithTheirOwnBuckets_areTakenApart() {
    try (HotUpdater server =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(new PlainStorage("s3", "one"))
            .storage(new PlainStorage("s3", "two"))
            .build()) {
      server.bundles().publish(bundle("s3://two/a/b.zip"));

      assertEquals(
          "https://two.test/a/b.zip",
          server
              .checkForUpdate(UpdateCheck.ofAppVersion(Platform.IOS, "1.0").build())
              .flatMap(info -> info.archive())
              .orElseThrow()
              .fileUrl());
    }
  }

  @Test
  void build_schemaMissing_isThrown() {
    Database unmigrated = failing(new SchemaException("run the migration"));

    SchemaException e =
        assertThrows(
            SchemaException.class, () -> HotUpdater.builder().database(unmigrated).build());
    assertEquals("run the migration", e.getMessage());
  }

  @Test
  void databaseAway_checksAre503WithAReferenceAndNothingElse() {
    Database away = failing(new DatabaseUnavailableException("db.internal:5432 refused"));
    try (HotUpdater server =
        HotUpdater.builder().database(away).routes(HealthRoutes.create()).build()) {
      TestServer.Answer answer = TestServer.get(server, CHECK);

      assertEquals(503, answer.status());
      assertEquals("Service unavailable", answer.error());
      assertEquals(12, answer.json().path("reference").asText().length());
      assertFalse(answer.text().contains("internal:5432"));
      assertEquals(503, TestServer.get(server, "/health").status());
      assertEquals(200, TestServer.get(server, "/version").status());
    }
  }

  @Test
  void storageThatHangs_is503WithinTheTimeout() {
    CountDownLatch never = new CountDownLatch(1);
    Storage hanging =
        new PlainStorage("s3") {
          @Override
          public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            throw new StorageException("interrupted");
          }
        };
    try (HotUpdater server = serving(hanging, "s3://b/k", Duration.ofMillis(300))) {
      long start = System.nanoTime();

      TestServer.Answer answer = TestServer.get(server, CHECK);

      assertEquals(503, answer.status());
      assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 10);
    }
  }

  @Test
  void storageThatFails_is500WithAReference() {
    Storage failing =
        new PlainStorage("s3") {
          @Override
          public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
            throw new StorageException("secret-key denied");
          }

          @Override
          public void check() {
            throw new StorageException("secret-key denied");
          }
        };
    try (HotUpdater server = serving(failing, "s3://b/k")) {
      TestServer.Answer answer = TestServer.get(server, CHECK);

      assertEquals(500, answer.status());
      assertEquals("Internal server error", answer.error());
      assertFalse(answer.text().contains("secret-key"));
      TestServer.Answer health = TestServer.get(server, "/health");
      assertEquals(503, health.status());
      assertEquals("unavailable", health.json().path("storages").path("s3").asText());
      assertEquals("ok", health.json().path("database").asText());
    }
  }

  @Test
  void storageGivingALocalPath_isRefused() {
    Storage local =
        new PlainStorage("s3") {
          @Override
          public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
            return DownloadAddress.permanent("file:///etc/passwd");
          }
        };
    try (HotUpdater server = serving(local, "s3://b/k")) {
      assertEquals(500, TestServer.get(server, CHECK).status());
    }
  }

  @Test
  void storageGivingARelativeAddress_isCompletedWithThePublicUrl() {
    Storage relative =
        new PlainStorage("local") {
          @Override
          public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
            return DownloadAddress.permanent("/files/" + uri.key());
          }
        };
    try (HotUpdater server =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(relative)
            .basePath("/hot-updater")
            .publicUrl(URI.create("https://updates.example.com/"))
            .build()) {
      server.bundles().publish(bundle("local://updates/a.zip"));

      assertEquals(
          "https://updates.example.com/hot-updater/files/a.zip",
          TestServer.get(server, CHECK).json().path("fileUrl").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local://updates/../x",
        "local://updates",
        "local:///x",
        "local://other/k",
        "local://updates/.hotupdater/signing-key"
      })
  void publish_uriThatTheOwnStorageCanNeverServe_is400(String uri) {
    try (HotUpdater server = managingFiles()) {
      Bundle servable = bundle("local://updates/a.zip");
      TestServer.Answer published =
          TestServer.send(
              server, "POST", "/api/bundles", Map.of(), BundleJson.write(bundle(uri)).toString());
      server.bundles().publish(servable);
      TestServer.Answer changed =
          TestServer.send(
              server,
              "PATCH",
              "/api/bundles/" + servable.id(),
              Map.of(),
              "{\"storageUri\":\"" + uri + "\"}");

      assertEquals(400, published.status());
      assertTrue(published.error().contains("storageUri"), published::text);
      assertEquals(400, changed.status());
      assertEquals(Optional.of(servable), server.bundles().find(servable.id()));
    }
  }

  @Test
  void change_ofABundleThatCannotBeServedAnyMore_isPossible() {
    try (HotUpdater server = managingFiles()) {
      Bundle stale = bundle("local://moved-away/a.zip");
      server.bundles().publish(stale);

      TestServer.Answer answer =
          TestServer.send(
              server,
              "PATCH",
              "/api/bundles/" + stale.id(),
              Map.of(),
              BundleJson.write(stale).put("enabled", false).toString());

      assertEquals(200, answer.status(), answer::text);
      assertFalse(server.bundles().find(stale.id()).orElseThrow().enabled());
    }
  }

  @Test
  void health_everythingUsable_is200() {
    try (HotUpdater server = serving(new PlainStorage("s3", "one"), "s3://one/k")) {
      TestServer.Answer answer = TestServer.get(server, "/health");

      assertEquals(200, answer.status());
      assertEquals("ok", answer.json().path("status").asText());
      assertEquals("ok", answer.json().path("storages").path("s3://one").asText());
      assertTrue(answer.json().path("catalogAgeSeconds").isNumber());
    }
  }

  @Test
  void withoutUpdateChecks_theyAreNotFound() {
    try (HotUpdater server =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .withoutUpdateChecks()
            .routes(BundleRoutes.protectedBy(Access.delegated()))
            .build()) {
      assertEquals(404, TestServer.get(server, CHECK).status());
      assertEquals(200, TestServer.get(server, "/api/bundles").status());
      assertEquals(200, TestServer.get(server, "/version").status());
    }
  }

  @Test
  void close_leavesTheDatabaseUsable_andStopsTheRefresh() {
    InMemoryDatabase database = InMemoryDatabase.create();
    HotUpdater server = HotUpdater.builder().database(database).build();
    server.close();
    server.close();

    database.check();
    assertEquals(0, database.bundles(RequestContext.none()).snapshot().bundles().size());
  }
}
