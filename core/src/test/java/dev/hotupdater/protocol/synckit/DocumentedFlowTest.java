package dev.hotupdater.protocol.synckit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.TestServer;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.fixture.Eventually;
import dev.hotupdater.http.Access;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.protocol.tauri.TauriUpdateRoutes;
import dev.hotupdater.publishing.ReleasePublishing;
import dev.hotupdater.storage.FileStorage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the document of SyncKit OTA shows, in its order. */
class DocumentedFlowTest {
  private static final String RELEASE =
      """
      {
        "version": "1.2.0",
        "notes": "Bug fixes and performance improvements",
        "signature": "<base64-encoded-signature>"
      }
      """;
  private static final String ARTIFACT =
      """
      {
        "target": "darwin",
        "arch": "aarch64",
        "file_size": 4
      }
      """;

  @TempDir private Path directory;

  @Test
  void everyRequest_isAnsweredAsDocumented() {
    try (SyncKitServer server = SyncKitServer.start(directory)) {
      String app = "/apps/0b9d6c4e-1f7a-4f7e-9a38-6a2a1c1f0d11";
      Answer slug = server.put(app + "/slug", "{\n  \"slug\": \"my-app\"\n}");
      assertEquals(200, slug.status());
      assertEquals(
          "{\"app_id\":\"0b9d6c4e-1f7a-4f7e-9a38-6a2a1c1f0d11\",\"slug\":\"my-app\"}", slug.text());

      Answer created = server.post(app + "/releases", RELEASE);
      assertEquals(200, created.status());
      String id = created.json().path("id").asText();
      String documented =
          "{\"id\":\""
              + id
              + "\",\"version\":\"1.2.0\","
              + "\"notes\":\"Bug fixes and performance improvements\","
              + "\"signature\":\"<base64-encoded-signature>\","
              + "\"pub_date\":\"2026-03-13T12:00:00Z\",\"created_at\":\"2026-03-13T12:00:00Z\"";
      assertEquals(
          documented
              + ",\"state\":\"draft\",\"channel\":\"stable\",\"announcement\":\"on_completion\","
              + "\"mandatory\":false,\"rollout\":1000,\"target_cohorts\":[]}",
          created.text());

      String release = app + "/releases/" + id;
      Answer announced = server.post(release + "/artifacts", ARTIFACT);
      assertEquals(200, announced.status());
      JsonNode json = announced.json();
      assertTrue(json.path("upload_url").asText().startsWith(SyncKitServer.ADDRESS + "/files/"));
      assertEquals(
          "{\"upload_url\":\""
              + json.path("upload_url").asText()
              + "\",\"s3_key\":\"ota/my-app/1.2.0/darwin-aarch64\",\"artifact_id\":\""
              + json.path("artifact_id").asText()
              + "\",\"upload_method\":\"PUT\",\"upload_headers\":{},"
              + "\"expires_at\":\"2026-03-13T13:00:00Z\",\"state\":\"pending\"}",
          announced.text());
      assertEquals(201, server.upload(announced, "test").status());

      Answer list = server.get(app + "/releases");
      assertEquals(200, list.status());
      assertEquals("[" + created.text() + "]", list.text());

      Answer deleted = server.send("DELETE", release, "");
      assertEquals(200, deleted.status());
      assertEquals("{\"success\":true}", deleted.text());
      assertEquals("[]", server.get(app + "/releases").text());
      assertEquals(404, server.send("DELETE", release, "").status());
      assertFalse(directory.resolve("ota").toFile().exists());
      assertFalse(directory.resolve("releases").toFile().exists());
    }
  }

  @Test
  void clientThatOnlyUploads_publishes() {
    try (HotUpdater server =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(FileStorage.at(directory))
            .publicUrl(URI.create(SyncKitServer.ADDRESS))
            .basePath("/base")
            .routes(
                SyncKitRoutes.at("/api/sync/ota")
                    .protectedBy(Access.delegated())
                    .publishing(ReleasePublishing.builder().pollInterval(Duration.ofMillis(20))))
            .build()) {
      String app = "/base/api/sync/ota/apps/app";
      TestServer.send(server, "PUT", app + "/slug", Map.of(), "{\"slug\":\"my-app\"}");
      String id =
          TestServer.send(server, "POST", app + "/releases", Map.of(), RELEASE)
              .json()
              .path("id")
              .asText();
      String release = app + "/releases/" + id;
      String url =
          TestServer.send(server, "POST", release + "/artifacts", Map.of(), ARTIFACT)
              .json()
              .path("upload_url")
              .asText();
      assertTrue(url.startsWith(SyncKitServer.ADDRESS + "/base/files/"));
      assertEquals("draft", TestServer.get(server, release).json().path("state").asText());
      String path = url.substring(SyncKitServer.ADDRESS.length());
      assertEquals(201, TestServer.send(server, "PUT", path, Map.of(), "test").status());

      Eventually.await(
          () -> TestServer.get(server, release).json().path("state").asText().equals("published"));

      JsonNode artifact = TestServer.get(server, release).json().path("artifacts").path(0);
      assertEquals("ready", artifact.path("state").asText());
      assertEquals(
          "<base64-encoded-signature>",
          artifact.path("signatures").path(0).path("signature").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wholeDocument_beginsWithASlug_andEndsWithTheBytes(boolean managementFirst) {
    RouteGroup management =
        SyncKitRoutes.at("/api/sync/ota")
            .protectedBy(Access.delegated())
            .publishing(ReleasePublishing.builder().pollInterval(Duration.ofMillis(20)));
    RouteGroup updates = TauriUpdateRoutes.at("/api/sync/ota");
    try (HotUpdater server =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(FileStorage.at(directory))
            .publicUrl(URI.create(SyncKitServer.ADDRESS))
            .routes(managementFirst ? management : updates)
            .routes(managementFirst ? updates : management)
            .build()) {
      String base = "/api/sync/ota";
      TestServer.send(server, "PUT", base + "/apps/app/slug", Map.of(), "{\"slug\":\"my-app\"}");
      String check = base + "/my-app/darwin/aarch64/1.1.0";
      assertEquals(204, TestServer.get(server, check).status());
      String id =
          TestServer.send(server, "POST", base + "/apps/app/releases", Map.of(), RELEASE)
              .json()
              .path("id")
              .asText();
      String release = base + "/apps/app/releases/" + id;
      assertEquals(id, TestServer.get(server, release).json().path("id").asText());
      Answer announced =
          TestServer.send(server, "POST", release + "/artifacts", Map.of(), ARTIFACT);
      assertEquals(204, TestServer.get(server, check).status(), "there are no bytes yet");
      assertEquals(
          201,
          TestServer.send(
                  server,
                  "PUT",
                  path(announced.json().path("upload_url").asText()),
                  Map.of(),
                  "test")
              .status());

      Eventually.await(() -> TestServer.get(server, check).status() == 200);

      JsonNode update = TestServer.get(server, check).json();
      assertEquals("1.2.0", update.path("version").asText());
      assertEquals("<base64-encoded-signature>", update.path("signature").asText());
      assertEquals(
          SyncKitServer.ADDRESS + base + "/my-app/download/" + id + "/darwin/aarch64",
          update.path("url").asText());
      assertEquals(
          TestServer.get(server, release).json().path("pub_date"), update.path("pub_date"));
      Answer redirect = TestServer.get(server, path(update.path("url").asText()));
      assertEquals(302, redirect.status());
      String location = redirect.headers().first("Location").orElseThrow();
      assertEquals("test", TestServer.get(server, path(location)).text());

      assertEquals(200, TestServer.send(server, "DELETE", release, Map.of(), "").status());
      assertEquals(204, TestServer.get(server, check).status());
      assertEquals(404, TestServer.get(server, path(location)).status());
    }
  }

  private static String path(String url) {
    return url.substring(SyncKitServer.ADDRESS.length());
  }
}
