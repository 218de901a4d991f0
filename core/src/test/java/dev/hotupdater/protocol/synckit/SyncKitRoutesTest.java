package dev.hotupdater.protocol.synckit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.ConfigurationException;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.TestServer;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.fixture.TestSigner;
import dev.hotupdater.fixture.Together;
import dev.hotupdater.http.Access;
import dev.hotupdater.publishing.ReleasePublishing;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.Storages;
import dev.hotupdater.storage.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncKitRoutesTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  @TempDir private Path directory;
  private SyncKitServer server;

  @BeforeEach
  void start() {
    server = SyncKitServer.start(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void assertError(int status, String part, Answer answer) {
    assertEquals(status, answer.status(), answer.text());
    assertTrue(answer.error().contains(part), answer.text());
    assertEquals(1, answer.json().size(), answer.text());
  }

  private String complete(String release, Answer announced) {
    return release + "/artifacts/" + announced.json().path("artifact_id").asText() + "/complete";
  }

  @Test
  void everyRoute_needsAccess() {
    for (String route :
        List.of(
            "PUT /apps/app/slug",
            "PUT /apps/app/keys",
            "GET /apps/app",
            "POST /apps/app/releases",
            "GET /apps/app/releases",
            "GET /apps/app/releases/" + NOBODY,
            "PATCH /apps/app/releases/" + NOBODY,
            "DELETE /apps/app/releases/" + NOBODY,
            "POST /apps/app/releases/" + NOBODY + "/publish",
            "POST /apps/app/releases/" + NOBODY + "/yank",
            "POST /apps/app/releases/" + NOBODY + "/artifacts",
            "POST /apps/app/releases/" + NOBODY + "/artifacts/" + NOBODY + "/complete",
            "DELETE /apps/app/releases/" + NOBODY + "/artifacts/" + NOBODY)) {
      String[] parts = route.split(" ");
      Answer answer =
          TestServer.send(server.server, parts[0], SyncKitServer.BASE + parts[1], Map.of(), "{}");
      assertEquals(401, answer.status(), route);
      int allowed = server.send(parts[0], parts[1], "{}").status();
      assertTrue(allowed == 400 || allowed == 404, route + " " + allowed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "a-b",
        "123",
        "my-app-2",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "a--b"
      })
  void slug_isTaken(String slug) {
    assertEquals(200, server.put("/apps/app/slug", "{\"slug\":\"" + slug + "\"}").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "-abc",
        "abc-",
        "My-App",
        "my_app",
        "my app",
        "my/app",
        "mý-app",
        "apps",
        "download",
        "latest",
        "releases"
      })
  void slug_isRefused(String slug) {
    assertError(400, "slug", server.put("/apps/app/slug", "{\"slug\":\"" + slug + "\"}"));
    assertEquals(404, server.get("/apps/app").status(), "no app was created");
  }

  @Test
  void slugOfAnotherApp_isTaken_whoeverIsFaster() {
    List<Integer> statuses =
        Together.call(
            8,
            number ->
                () -> server.put("/apps/app" + number + "/slug", "{\"slug\":\"my-app\"}").status());
    assertEquals(1, statuses.stream().filter(status -> status == 200).count(), "" + statuses);
    assertEquals(7, statuses.stream().filter(status -> status == 409).count(), "" + statuses);
  }

  @Test
  void slug_canBeChanged_andSetAgain() {
    server.put("/apps/app/slug", "{\"slug\":\"my-app\"}");
    assertEquals(200, server.put("/apps/app/slug", "{\"slug\":\"my-app\"}").status());
    assertEquals(200, server.put("/apps/app/slug", "{\"slug\":\"new-app\"}").status());
    assertEquals(200, server.put("/apps/other/slug", "{\"slug\":\"my-app\"}").status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"slug\":7}|slug",
        "{}|slug",
        "[]|object",
        "''|empty",
        "{|JSON",
      })
  void bodyThatIsNone_isNamed(String body, String part) {
    assertError(400, part, server.put("/apps/app/slug", body));
  }

  @Test
  void appId_thatIsNone_isRefused() {
    assertError(400, "app id", server.put("/apps/a%20b/slug", "{\"slug\":\"my-app\"}"));
  }

  @Test
  void app_isShownWithItsKeys() {
    server.newRelease("1.0.0");
    TestSigner first = TestSigner.create(1);
    TestSigner second = TestSigner.create(2);
    Answer set =
        server.put(
            "/apps/app/keys",
            "{\"keys\":[{\"public_key\":\""
                + second.publicKey()
                + "\",\"since\":\"2.0.0\"},{\"public_key\":\""
                + first.publicKey()
                + "\"}]}");
    assertEquals(200, set.status(), set.text());
    assertEquals(set.text(), server.get("/apps/app").text());
    JsonNode app = set.json();
    assertEquals("app", app.path("app_id").asText());
    assertEquals("my-app", app.path("slug").asText());
    assertEquals("2026-03-13T12:00:00Z", app.path("created_at").asText());
    assertEquals("100000000000001", app.path("keys").path(0).path("id").asText());
    assertFalse(app.path("keys").path(0).has("since"));
    assertEquals("2.0.0", app.path("keys").path(1).path("since").asText());
  }

  @Test
  void keysThatAreNone_areRefused() {
    server.newRelease("1.0.0");
    String key = TestSigner.create(1).publicKey();
    assertError(400, "keys", server.put("/apps/app/keys", "{}"));
    assertError(
        400,
        "keys[1].public_key",
        server.put(
            "/apps/app/keys",
            "{\"keys\":[{\"public_key\":\"" + key + "\"},{\"public_key\":\"nonsense\"}]}"));
    assertError(
        400,
        "keys[0].since",
        server.put(
            "/apps/app/keys", "{\"keys\":[{\"public_key\":\"" + key + "\",\"since\":\"1.0\"}]}"));
    assertError(404, "unknown", server.put("/apps/unknown/keys", "{\"keys\":[]}"));
    assertEquals(200, server.put("/apps/app/keys", "{\"keys\":[]}").status());
  }

  @Test
  void releaseWithEverything_isShownWithEverything() {
    server.newRelease("0.1.0");
    Answer created =
        server.post(
            "/apps/app/releases",
            "{\"version\":\"1.2.0-beta.1+7\",\"channel\":\"beta\",\"mandatory\":true,"
                + "\"min_app_version\":\"1.0.0\",\"rollout\":250,"
                + "\"target_cohorts\":[\"testers\",\"7\"],\"announcement\":\"on_publish\","
                + "\"unknown\":{}}");
    assertEquals(200, created.status(), created.text());
    assertEquals(
        "{\"id\":\""
            + created.json().path("id").asText()
            + "\",\"version\":\"1.2.0-beta.1+7\",\"notes\":\"\",\"signature\":\"\","
            + "\"pub_date\":\"2026-03-13T12:00:00Z\",\"created_at\":\"2026-03-13T12:00:00Z\","
            + "\"state\":\"draft\",\"channel\":\"beta\",\"announcement\":\"on_publish\","
            + "\"mandatory\":true,\"min_app_version\":\"1.0.0\",\"rollout\":250,"
            + "\"target_cohorts\":[\"7\",\"testers\"]}",
        created.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|version",
        "{\"version\":\"1.2\"}|version",
        "{\"version\":\"v1.2.0\"}|version",
        "{\"version\":1}|version",
        "{\"version\":\"1.2.0\",\"notes\":1}|notes",
        "{\"version\":\"1.2.0\",\"signature\":[]}|signature",
        "{\"version\":\"1.2.0\",\"channel\":\"a b\"}|channel",
        "{\"version\":\"1.2.0\",\"mandatory\":1}|mandatory",
        "{\"version\":\"1.2.0\",\"min_app_version\":\"1\"}|min_app_version",
        "{\"version\":\"1.2.0\",\"rollout\":1001}|rollout",
        "{\"version\":\"1.2.0\",\"rollout\":-1}|rollout",
        "{\"version\":\"1.2.0\",\"rollout\":0.5}|rollout",
        "{\"version\":\"1.2.0\",\"target_cohorts\":\"a\"}|target_cohorts",
        "{\"version\":\"1.2.0\",\"target_cohorts\":[1]}|target_cohorts[0]",
        "{\"version\":\"1.2.0\",\"target_cohorts\":[\"a b\"]}|target_cohorts",
        "{\"version\":\"1.2.0\",\"announcement\":\"now\"}|announcement",
      })
  void releaseThatBreaksARule_isRefused_andTheFieldNamed(String body, String field) {
    server.newRelease("0.1.0");
    assertError(400, "'" + field + "'", server.post("/apps/app/releases", body));
  }

  @Test
  void versionThatExists_isRefused_butNotOnAnotherChannel() {
    server.newRelease("1.2.0");
    assertError(409, "1.2.0", server.post("/apps/app/releases", "{\"version\":\"1.2.0\"}"));
    String beta = "{\"version\":\"1.2.0\",\"channel\":\"beta\"}";
    assertEquals(200, server.post("/apps/app/releases", beta).status());
    String build = "{\"version\":\"1.2.0+1\"}";
    assertEquals(200, server.post("/apps/app/releases", build).status());
  }

  @Test
  void list_hasTheNewestFirst() {
    server.newRelease("2.0.0");
    server.clock.advance(Duration.ofMillis(5));
    server.newRelease("1.0.0");
    JsonNode list = server.get("/apps/app/releases").json();
    assertEquals("1.0.0", list.path(0).path("version").asText());
    assertEquals("2.0.0", list.path(1).path("version").asText());
    assertError(404, "unknown", server.get("/apps/unknown/releases"));
  }

  @Test
  void whatDoesNotExist_is404() {
    String release = server.newRelease("1.2.0");
    String unknown = "/apps/app/releases/" + NOBODY;
    String artifact = "{\"target\":\"linux\",\"arch\":\"x86_64\",\"file_size\":1}";
    assertError(404, "unknown", server.get("/apps/unknown"));
    assertError(404, "unknown", server.post("/apps/unknown/releases", "{\"version\":\"1.0.0\"}"));
    assertError(404, NOBODY, server.get(unknown));
    assertError(404, "release_id", server.get("/apps/app/releases/1.2.0"));
    assertError(404, "elease", server.send("DELETE", unknown, ""));
    assertError(404, NOBODY, server.post(unknown + "/artifacts", artifact));
    assertError(404, NOBODY, server.post(unknown + "/publish", ""));
    assertError(404, NOBODY, server.post(unknown + "/yank", ""));
    assertError(404, NOBODY, server.send("PATCH", unknown, "{\"rollout\":1}"));
    assertError(404, NOBODY, server.post(release + "/artifacts/" + NOBODY + "/complete", ""));
    assertError(404, "artifact_id", server.send("DELETE", release + "/artifacts/x", ""));
  }

  @Test
  void artifactWithEverything_isCompletedAndShown() {
    String release = server.newRelease("1.2.0");
    Answer announced =
        server.announce(
            release,
            ",\"bundle_type\":\"app\",\"packaging\":\"archive\","
                + "\"file_name\":\"My App.app.tar.gz\",\"signature\":\"one\","
                + "\"signatures\":[\"two\",\"one\"],\"unknown\":1");
    assertEquals(
        "ota/my-app/1.2.0/darwin-aarch64-app-archive", announced.json().path("s3_key").asText());
    assertEquals(201, server.upload(announced, "test").status());
    Answer completed =
        server.post(
            complete(release, announced),
            "{\"sha256\":"
                + "\"9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08\"}");
    assertEquals(200, completed.status(), completed.text());
    assertEquals(
        "{\"artifact_id\":\""
            + announced.json().path("artifact_id").asText()
            + "\",\"target\":\"darwin\",\"arch\":\"aarch64\",\"bundle_type\":\"app\","
            + "\"packaging\":\"archive\",\"state\":\"ready\",\"file_size\":4,"
            + "\"file_name\":\"My App.app.tar.gz\",\"sha256\":"
            + "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\","
            + "\"signatures\":[{\"signature\":\"one\"},{\"signature\":\"two\"}],"
            + "\"created_at\":\"2026-03-13T12:00:00Z\"}",
        completed.text());
    assertEquals(completed.text(), server.post(complete(release, announced), "").text());
    JsonNode shown = server.get(release).json();
    assertEquals(completed.json(), shown.path("artifacts").path(0));
    assertEquals("published", shown.path("state").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"arch\":\"x86_64\",\"file_size\":1}|target",
        "{\"target\":\"linux\",\"file_size\":1}|arch",
        "{\"target\":\"linux\",\"arch\":\"x86_64\"}|file_size",
        "{\"target\":\"linux\",\"arch\":\"x86_64\",\"file_size\":0}|file_size",
        "{\"target\":\"linux\",\"arch\":\"x86_64\",\"file_size\":-1}|file_size",
        "{\"target\":\"linux\",\"arch\":\"x86_64\",\"file_size\":\"1\"}|file_size",
        "{\"target\":\"../linux\",\"arch\":\"x86_64\",\"file_size\":1}|target",
        "{\"target\":\"linux\",\"arch\":\"x/y\",\"file_size\":1}|arch",
        "{\"target\":\"linux\",\"arch\":\"x\",\"file_size\":1,\"bundle_type\":\"\"}|bundle_type",
        "{\"target\":\"linux\",\"arch\":\"x\",\"file_size\":1,\"packaging\":\"zip\"}|packaging",
        "{\"target\":\"linux\",\"arch\":\"x\",\"file_size\":1,\"file_name\":\"a/b\"}|file_name",
        "{\"target\":\"linux\",\"arch\":\"x\",\"file_size\":1,\"sha256\":\"abc\"}|sha256",
        "{\"target\":\"linux\",\"arch\":\"x\",\"file_size\":1,\"signatures\":\"a\"}|signatures",
      })
  void artifactThatBreaksARule_isRefused_andTheFieldNamed(String body, String field) {
    String release = server.newRelease("1.2.0");
    assertError(400, "'" + field + "'", server.post(release + "/artifacts", body));
    assertEquals(0, server.get(release).json().path("artifacts").size());
  }

  @Test
  void artifactThatIsTooLarge_is413() {
    String release = server.newRelease("1.2.0");
    assertError(
        413,
        "file_size",
        server.post(
            release + "/artifacts",
            "{\"target\":\"linux\",\"arch\":\"x86_64\",\"file_size\":2147483649}"));
  }

  @Test
  void bodyThatIsTooLarge_is413() {
    server.newRelease("1.2.0");
    String notes = "a".repeat(70_000);
    assertError(
        413,
        "65536",
        server.post("/apps/app/releases", "{\"version\":\"1.3.0\",\"notes\":\"" + notes + "\"}"));
  }

  @Test
  void uploadThatIsNotWhatWasAnnounced_is422_andTheReasonShown() {
    String release = server.newRelease("1.2.0");
    Answer announced = server.announce(release, ",\"sha256\":\"" + "0".repeat(64) + "\"");
    server.upload(announced, "test");
    Answer completed = server.post(complete(release, announced), "{}");
    assertError(422, "SHA-256", completed);
    JsonNode artifact = server.get(release).json().path("artifacts").path(0);
    assertEquals("pending", artifact.path("state").asText());
    assertEquals(completed.error(), artifact.path("rejection").asText());
    assertEquals("2026-03-13T13:00:00Z", artifact.path("expires_at").asText());
  }

  @Test
  void uploadAddressUsedAgain_changesNothingThatIsServed() throws IOException {
    String release = server.newRelease("1.2.0");
    Answer announced = server.announce(release, "");
    server.upload(announced, "test");
    Answer ready = server.post(complete(release, announced), "");

    assertEquals(201, server.upload(announced, "evil").status());

    assertEquals(ready.text(), server.post(complete(release, announced), "").text());
    ReleaseId id = ReleaseId.parse(server.get(release).json().path("id").asText()).orElseThrow();
    String uri = server.server.releases().find(id).orElseThrow().artifacts().get(0).storageUri();
    try (StoredObject served =
        server.storage.open(Storages.parse(uri), ByteRange.ALL, RequestContext.none())) {
      assertEquals("test", new String(served.content().readAllBytes(), StandardCharsets.US_ASCII));
    }
  }

  @Test
  void signatureByAnotherKey_is422() {
    String release = server.newRelease("1.2.0");
    String key = TestSigner.create(1).publicKey();
    server.put("/apps/app/keys", "{\"keys\":[{\"public_key\":\"" + key + "\"}]}");
    String other =
        TestSigner.create(2).sign("test".getBytes(StandardCharsets.US_ASCII), "timestamp:1");
    assertError(422, "key", server.announce(release, ",\"signature\":\"" + other + "\""));
  }

  @Test
  void secretKeyInPlaceOfASignature_is400_andNotRepeated() {
    String release = server.newRelease("1.2.0");
    String secret =
        "dW50cnVzdGVkIGNvbW1lbnQ6IHJzaWduIGVuY3J5cHRlZCBzZWNyZXQga2V5ClJXUlRZMEl5QUFBQUFBQUE=";
    Answer refused = server.announce(release, ",\"signature\":\"" + secret + "\"");
    assertError(400, "SECRET", refused);
    assertFalse(refused.text().contains("RWRTY0Iy"));
    assertFalse(refused.text().contains(secret));
    assertError(
        400,
        "SECRET",
        server.post(
            "/apps/app/releases", "{\"version\":\"1.3.0\",\"signature\":\"" + secret + "\"}"));
  }

  @Test
  void statesThatForbidIt_are409() {
    String release = server.newRelease("1.2.0");
    Answer announced = server.announce(release, "");
    assertError(409, "uploaded", server.post(complete(release, announced), ""));
    assertError(409, "darwin-aarch64", server.post(release + "/publish", ""));
    assertError(409, "draft", server.post(release + "/yank", ""));
    server.upload(announced, "test");
    assertEquals(200, server.post(complete(release, announced), "").status());
    assertError(409, "ready", server.announce(release, ""));
    assertError(
        409,
        "ready",
        server.send(
            "DELETE", release + "/artifacts/" + announced.json().path("artifact_id").asText(), ""));
    Answer yanked = server.post(release + "/yank", "");
    assertEquals("yanked", yanked.json().path("state").asText());
    assertError(409, "yanked", server.post(release + "/publish", ""));
  }

  @Test
  void releaseAnnouncedOnPublish_isPublishedWhenItIsTold() {
    server.newRelease("0.1.0");
    String id =
        server
            .post("/apps/app/releases", "{\"version\":\"1.2.0\",\"announcement\":\"on_publish\"}")
            .json()
            .path("id")
            .asText();
    String release = "/apps/app/releases/" + id;
    Answer announced = server.announce(release, "");
    server.upload(announced, "test");
    server.post(complete(release, announced), "");
    assertEquals("draft", server.get(release).json().path("state").asText());
    server.clock.advance(Duration.ofMinutes(1));
    Answer published = server.post(release + "/publish", "");
    assertEquals("published", published.json().path("state").asText());
    assertEquals("2026-03-13T12:01:00Z", published.json().path("pub_date").asText());
    assertEquals("2026-03-13T12:00:00Z", published.json().path("created_at").asText());
  }

  @Test
  void rollout_isChangedByWhatIsGiven() {
    String release = server.newRelease("1.2.0");
    Answer few = server.send("PATCH", release, "{\"rollout\":10}");
    assertEquals(10, few.json().path("rollout").asInt());
    Answer testers = server.send("PATCH", release, "{\"target_cohorts\":[\"testers\"]}");
    assertEquals(10, testers.json().path("rollout").asInt());
    assertEquals("[\"testers\"]", testers.json().path("target_cohorts").toString());
    assertError(400, "rollout", server.send("PATCH", release, "{}"));
    assertError(400, "rollout", server.send("PATCH", release, "{\"rollout\":\"10\"}"));
  }

  @Test
  void pendingArtifact_isTakenBack() {
    String release = server.newRelease("1.2.0");
    Answer announced = server.announce(release, "");
    String artifact = release + "/artifacts/" + announced.json().path("artifact_id").asText();
    assertEquals("{\"success\":true}", server.send("DELETE", artifact, "").text());
    assertEquals(0, server.get(release).json().path("artifacts").size());
    assertEquals(404, server.send("DELETE", artifact, "").status());
  }

  @Test
  void appOfAnother_is403_beforeItIsLookedFor() {
    try (SyncKitServer owned =
        SyncKitServer.start(
            directory.resolve("owned"),
            routes -> routes.ownedBy((request, app) -> app.value().startsWith("mine-")))) {
      assertEquals(200, owned.put("/apps/mine-1/slug", "{\"slug\":\"my-app\"}").status());
      for (String app : List.of("theirs", "unknown")) {
        assertError(403, "manage", owned.put("/apps/" + app + "/slug", "{\"slug\":\"my-app\"}"));
        assertError(403, "manage", owned.get("/apps/" + app + "/releases"));
        assertError(403, "manage", owned.get("/apps/" + app + "/releases/" + NOBODY));
      }
    }
  }

  @Test
  void pathThatIsNone_isRefused() {
    for (String path : List.of("api", "/api/", "/:api", "/*", "/a b")) {
      assertThrows(IllegalArgumentException.class, () -> SyncKitRoutes.at(path), path);
    }
  }

  @Test
  void serverThatCannotPublish_isNotBuilt() {
    assertThrows(
        ConfigurationException.class,
        () ->
            HotUpdater.builder()
                .database(InMemoryDatabase.create())
                .routes(
                    SyncKitRoutes.at("")
                        .protectedBy(Access.delegated())
                        .publishing(ReleasePublishing.builder()))
                .build());
  }
}
