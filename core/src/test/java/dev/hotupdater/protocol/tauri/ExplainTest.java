package dev.hotupdater.protocol.tauri;

import static dev.hotupdater.fixture.ReleaseFixture.app;
import static dev.hotupdater.fixture.ReleaseFixture.draft;
import static dev.hotupdater.fixture.ReleaseFixture.key;
import static dev.hotupdater.fixture.ReleaseFixture.pending;
import static dev.hotupdater.fixture.ReleaseFixture.published;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static dev.hotupdater.fixture.ReleaseFixture.signedBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.TestServer;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.http.Access;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner of an app is told of why a client gets what it gets. */
class ExplainTest {
  private static final String TOKEN = "a-token-of-the-owner";
  private static final String EXPLAIN = "/api/sync/ota/apps/com.example.app/explain";
  private static final String CLIENT = "?target=linux&arch=x86_64&current_version=1.0.0";

  private UpdateServer server;

  @BeforeEach
  void start(@TempDir Path directory) {
    server =
        new UpdateServer(
            directory,
            TauriExplainRoutes.at(UpdateServer.MOUNT).protectedBy(Access.bearerToken(TOKEN)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer get(String target) {
    return TestServer.send(
        server.server(), "GET", target, Map.of("Authorization", "Bearer " + TOKEN), "");
  }

  private JsonNode explain(String query) {
    Answer answer = get(EXPLAIN + query);
    assertEquals(200, answer.status(), answer.text());
    assertEquals(Optional.of("no-store"), answer.headers().first("Cache-Control"));
    return answer.json();
  }

  /** The only release of the app is explained so. */
  private void assertExplained(Release.Builder release, String query, String explanation) {
    Release added = server.add(release);
    JsonNode json = explain(query).path("releases").path(0);
    assertEquals(added.id().value(), json.path("id").asText());
    assertEquals(explanation, json.path("explanation").asText());
  }

  @Test
  void ownerOnly() {
    assertEquals(401, TestServer.get(server.server(), EXPLAIN + CLIENT).status());
  }

  @Test
  void decision_isToldWithEveryRelease() {
    Release beta = server.add(published("1.1.0", ready("linux/x86_64")));
    server.add(published("1.2.0", ready("darwin/aarch64")));
    server.add(draft("1.3.0", ready("linux/x86_64")));
    server.add(published("0.9.0", ready("linux/x86_64")));

    JsonNode json = explain(CLIENT);

    assertTrue(json.path("decision").path("update").asBoolean());
    assertEquals(beta.id().value(), json.path("decision").path("release_id").asText());
    assertEquals("1.1.0", json.path("decision").path("version").asText());
    assertEquals("linux-x86_64", json.path("decision").path("artifact").asText());
    assertEquals(
        beta.artifacts().get(0).id().value(), json.path("decision").path("artifact_id").asText());
    List<String> told = new ArrayList<>();
    json.path("releases")
        .forEach(
            each ->
                told.add(
                    each.path("version").asText()
                        + " "
                        + each.path("state").asText()
                        + " "
                        + each.path("reason").asText("eligible")));
    assertEquals(
        List.of(
            "1.3.0 draft draft",
            "1.2.0 published no-artifact",
            "1.1.0 published eligible",
            "0.9.0 published up-to-date"),
        told);
    assertEquals("my-app", json.path("slug").asText());
    assertEquals("stable", json.path("channels").path(0).asText());
  }

  @Test
  void nothing_isToldWithItsReason() {
    JsonNode json = explain(CLIENT + "&channel=beta");

    assertFalse(json.path("decision").path("update").asBoolean());
    assertEquals("no-release", json.path("decision").path("reason").asText());
    assertEquals(0, json.path("releases").size());
  }

  @Test
  void missingArtifact() {
    assertExplained(
        published(
            "1.2.0",
            ready("linux/x86_64/appimage"),
            ready("darwin/aarch64"),
            pending("linux/x86_64/deb")),
        CLIENT + "&bundle=deb",
        "has artifacts for darwin-aarch64, linux-x86_64-appimage, and not yet those for"
            + " linux-x86_64-deb; the client needs linux-x86_64-deb");
  }

  @Test
  void missingPackaging() {
    assertExplained(
        published("1.2.0", ready("linux/x86_64//file")),
        CLIENT + "&user_agent=tauri/updater",
        "has artifacts for linux-x86_64-file; the client needs linux-x86_64, packed as archive");
  }

  @Test
  void noArtifactsAtAll() {
    assertExplained(published("1.2.0"), CLIENT, "has no artifacts; the client needs linux-x86_64");
  }

  @Test
  void rollout() {
    assertExplained(
        published("1.2.0", ready("linux/x86_64")).rollout(Rollout.of(0)),
        CLIENT + "&install_id=a",
        "is rolled out to 0/1000 cohorts; the client is in cohort "
            + Cohort.defaultFor("a")
            + ", which is not among them");
    assertEquals(
        "is rolled out to 0/1000 cohorts; the client names no installation, so that it gets what"
            + " is rolled out to all",
        explain(CLIENT).path("releases").path(0).path("explanation").asText());
  }

  @Test
  void minimumVersion() {
    assertExplained(
        published("1.2.0", ready("linux/x86_64"))
            .minAppVersion(Optional.of(ReleaseVersion.of("1.1.0"))),
        CLIENT,
        "is for clients from version 1.1.0 on; the client has 1.0.0");
  }

  @Test
  void yanked() {
    assertExplained(
        published("1.2.0", ready("linux/x86_64")).state(ReleaseState.YANKED),
        CLIENT,
        "was taken back, and is offered to nobody");
  }

  @Test
  void signatureOfAnotherKey() {
    server.register(app(key("A", "0.5.0")));
    assertExplained(
        published("1.2.0", ready("linux/x86_64", signedBy("B"))),
        CLIENT,
        "has no signature of the key A, which clients of version 1.0.0 have, for linux-x86_64");
    assertEquals(
        "cannot be verified: the app has no key for clients of version 0.1.0",
        explain(CLIENT.replace("1.0.0", "0.1.0"))
            .path("releases")
            .path(0)
            .path("explanation")
            .asText());
  }

  @Test
  void newer_eligible() {
    assertExplained(
        published("1.2.0", ready("linux/x86_64")), CLIENT, "is for the client, as linux-x86_64");
    assertEquals(
        "is not newer than 1.2.0, which the client has",
        explain(CLIENT.replace("1.0.0", "1.2.0"))
            .path("releases")
            .path(0)
            .path("explanation")
            .asText());
  }

  @ParameterizedTest
  @CsvSource({"1.0.0%2B5, 1.0.0+5", "1.0.0+5, 1.0.0+5", "v1.0.0, 1.0.0"})
  void currentVersion_isReadAsClientsWriteIt(String written, String read) {
    assertEquals(
        read,
        explain("?target=macos&arch=aarch64&current_version=" + written)
            .path("client")
            .path("current_version")
            .asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"target", "arch", "current_version"})
  void missingParameter_isNamed(String name) {
    Answer missing = get(EXPLAIN + CLIENT.replaceAll(name + "=[^&]*", ""));
    Answer empty = get(EXPLAIN + CLIENT.replaceAll(name + "=[^&]*", name + "="));

    assertEquals(400, missing.status());
    assertTrue(missing.error().contains("'" + name + "'"), missing.error());
    assertEquals(missing.text(), empty.text());
  }

  @Test
  void unknownApp_isNotFound() {
    assertEquals(404, get(EXPLAIN.replace("com.example", "other") + CLIENT).status());
    assertEquals(404, get(EXPLAIN.replace("com.example.app", "a%20b") + CLIENT).status());
  }
}
