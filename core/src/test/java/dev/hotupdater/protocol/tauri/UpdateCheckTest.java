package dev.hotupdater.protocol.tauri;

import static dev.hotupdater.fixture.ReleaseFixture.TIME;
import static dev.hotupdater.fixture.ReleaseFixture.draft;
import static dev.hotupdater.fixture.ReleaseFixture.published;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.TestServer;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseVersion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
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

/** What an update check answers, byte by byte and status by status. */
class UpdateCheckTest {
  private static final String CHECK = "/api/sync/ota/my-app/linux/x86_64/1.0.0";

  private UpdateServer server;

  @BeforeEach
  void start(@TempDir Path directory) {
    server =
        new UpdateServer(
            directory,
            builder -> builder.publicUrl(URI.create(UpdateServer.ADDRESS + "/")),
            TauriUpdateRoutes.at(UpdateServer.MOUNT));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer get(String target) {
    return TestServer.get(server.server(), target);
  }

  private Answer get(String target, Map<String, String> headers) {
    return TestServer.send(server.server(), "GET", target, headers, "");
  }

  private static String reason(Answer answer) {
    assertEquals(204, answer.status(), answer.text());
    assertEquals("", answer.text());
    return answer.headers().first("X-Update-Reason").orElse("");
  }

  private static List<String> names(JsonNode json) {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void update_isToldInTheDocumentedOrder_thenWhatElseIsKnown() {
    Release release = server.add(published("1.2.0+7", ready("linux/x86_64")));

    Answer answer = get(CHECK, Map.of("Accept-Encoding", "gzip", "Accept", "text/html"));

    assertEquals(200, answer.status());
    assertEquals(
        "{\"version\":\"1.2.0+7\","
            + "\"url\":\"https://updates.example.com/api/sync/ota/my-app/download/"
            + release.id()
            + "/linux/x86_64\","
            + "\"signature\":\"signature of linux/x86_64\","
            + "\"notes\":\"\","
            + "\"pub_date\":\"2026-03-13T12:00:00Z\","
            + "\"mandatory\":false,\"size\":1234,\"sha256\":\""
            + "ab".repeat(32)
            + "\",\"channel\":\"stable\",\"format\":\"appimage\"}",
        answer.text());
    assertEquals(Optional.of("application/json"), answer.headers().first("Content-Type"));
    assertEquals(Optional.empty(), answer.headers().first("Content-Encoding"));
    assertEquals(Optional.of("no-cache"), answer.headers().first("Cache-Control"));
    assertEquals(Optional.of("User-Agent, X-Install-Id"), answer.headers().first("Vary"));
  }

  @ParameterizedTest
  @CsvSource({
    "linux/x86_64/appimage, appimage",
    "darwin/aarch64/app, app",
    "windows/x86_64/nsis, nsis",
    "windows/x86_64/msi, wix",
    "linux/x86_64/deb, none",
    "linux/x86_64//file, appimage",
    "kiosk/x86_64//file, none"
  })
  void artifactOfAKind_hasAnAddressOfItsOwn_andItsFormat(String parts, String format) {
    Artifact artifact = ready(parts);
    Release release = server.add(published("1.2.0", artifact));
    String[] each = parts.split("/");

    JsonNode json =
        get("/api/sync/ota/my-app/" + each[0] + "/" + each[1] + "/1.0.0?bundle=" + each[2]).json();

    assertEquals(
        UpdateServer.START + "/download/" + release.id() + "/" + artifact.id(),
        json.path("url").asText());
    assertEquals(format, json.path("format").asText("none"));
    assertFalse(json.has("name"));
    assertFalse(json.has("platforms"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-13T12:00:00Z, 2026-03-13T12:00:00Z",
    "2026-03-13T12:00:00.999999999Z, 2026-03-13T12:00:00Z",
    "2026-03-13T12:34:00Z, 2026-03-13T12:34:00Z",
    "2026-12-31T23:59:59.5Z, 2026-12-31T23:59:59Z"
  })
  void time_isInWholeSeconds_andAlwaysHasThem(Instant time, String expected) {
    server.add(published("1.2.0", ready("linux/x86_64")).publishedAt(Optional.of(time)));

    assertEquals(expected, get(CHECK).json().path("pub_date").asText());
  }

  @Test
  void manyReleases_everyFieldIsAStringThatIsNotNull() {
    server.add(
        published("1.2.0", ready("linux/x86_64"))
            .notes("\u00e4 \ud83d\ude00 \"quoted\"\n</script>")
            .mandatory(true)
            .channel("beta"));

    JsonNode json = get(CHECK + "?channel=beta").json();

    assertEquals(
        List.of("version", "url", "signature", "notes", "pub_date"), names(json).subList(0, 5));
    names(json).subList(0, 5).forEach(name -> assertTrue(json.get(name).isTextual(), name));
    assertEquals("\u00e4 \ud83d\ude00 \"quoted\"\n</script>", json.get("notes").asText());
    assertTrue(json.get("mandatory").asBoolean());
    assertEquals("beta", json.get("channel").asText());
  }

  /**
   * All the shapes in which apps have their endpoints, and what the placeholders become in them.
   */
  @ParameterizedTest
  @CsvSource({
    "/linux/x86_64/1.0.0, 1.4.0",
    "/linux-x86_64/1.0.0, 1.4.0",
    "/linux/x86_64/deb/1.0.0, 1.3.0",
    "/linux/x86_64/unknown/1.0.0, 1.4.0",
    "/linux/x86_64/%7B%7Bbundle_type%7D%7D/1.0.0, 1.4.0",
    "/linux/x86_64/{{bundle_type}}/1.0.0, 1.4.0",
    "/linux/x86_64/1.0.0?bundle=deb, 1.3.0",
    "/linux/x86_64/1.0.0?bundle_type=deb, 1.3.0",
    "/linux-x86_64/1.0.0?bundle=deb, 1.3.0",
    "/linux/x86_64/1.0.0?bundle=, 1.4.0",
    "/linux/x86_64/1.0.0?bundle=unknown, 1.4.0",
    "/linux/x86_64/1.0.0?bundle=%7B%7Bbundle_type%7D%7D, 1.4.0",
    "/linux/x86_64/unknown/1.0.0?bundle=deb, 1.3.0",
    "/linux/x86_64/rpm/1.0.0?bundle=deb, no-artifact",
    "/linux/x86_64/1.0.0?channel=beta, 2.0.0-beta.1",
    "/linux-x86_64/1.0.0?channel=beta&bundle=deb, no-artifact",
    "/linux/x86_64/1.0.0?channel=, 1.4.0",
    "/linux/x86_64/1.0.0?channel=no%20such, no-release",
    "/linux/x86_64/v1.0.0, 1.4.0",
    "/linux/x86_64/vv1.0.0, 1.4.0",
    "/linux/x86_64/1.4.0+1, up-to-date",
    "/linux/x86_64/1.4.0%2B1, up-to-date",
    "/linux/x86_64/1.4.0-rc.1+1, 1.4.0",
    "/linux/armv7/1.0.0, no-artifact",
    "/linux/{{arch}}/1.0.0, no-artifact",
    "/macos/aarch64/1.0.0, 1.3.0",
    "/macos-aarch64/1.0.0, 1.3.0",
    "/darwin/aarch64/1.0.0, 1.3.0",
    "/macos-universal/aarch64/1.0.0, 1.2.0",
    "/macos-universal-aarch64/1.0.0, 1.2.0",
    "/%6Cinux/x86_64/1.0.0, 1.4.0",
    "/linux/x86_64/1.0.0/, 1.4.0"
  })
  void endpointOfEveryShape_isUnderstood(String path, String expected) {
    server.add(published("1.4.0", ready("linux/x86_64/appimage")));
    server.add(published("1.3.0", ready("linux/x86_64/deb"), ready("darwin/universal")));
    server.add(published("1.2.0", ready("macos-universal/universal")));
    server.add(published("2.0.0-beta.1", ready("linux/x86_64/appimage")).channel("beta"));

    Answer answer = get("/api/sync/ota/my-app" + path);

    String told = answer.status() == 200 ? answer.json().path("version").asText() : reason(answer);
    assertEquals(expected, told);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0.0+1, 1.0.0+2, 200",
    "1.0.0, 1.0.0+2, 200",
    "1.0.0+2, 1.0.0+2, 204",
    "1.0.0+10, 1.0.0+9, 204",
    "1.0.0-rc.1, 1.0.0, 200",
    "1.0.0, 1.0.0-rc.1, 204",
    "1.9.0, 1.10.0, 200",
    "18446744073709551615.0.0, 18446744073709551615.0.1, 200"
  })
  void versions_areComparedAsTheClientDoes(String current, String offered, int status) {
    server.add(published(offered, ready("linux/x86_64")));

    assertEquals(
        status, get("/api/sync/ota/my-app/linux/x86_64/" + current.replace("+", "%2B")).status());
    assertEquals(status, get("/api/sync/ota/my-app/linux/x86_64/" + current).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0",
        "01.0.0",
        "V1.0.0",
        "latest",
        "v",
        "1.0.0%20",
        "1.0.0-",
        "1.0.0%00",
        "%",
        "18446744073709551616.0.0",
        "{{current_version}}"
      })
  void versionThatIsNone_isRefused(String version) {
    Answer answer = get("/api/sync/ota/my-app/linux/x86_64/" + version);

    assertEquals(400, answer.status());
    assertTrue(answer.error().matches("(?s).*current.version.*"), answer.text());
  }

  @Test
  void veryLongVersion_isNotSentBackWhole() {
    Answer answer = get("/api/sync/ota/my-app/linux/x86_64/" + "9".repeat(5_000));

    assertEquals(400, answer.status());
    assertTrue(answer.text().length() < 500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/linux/1.0.0", "/-x86_64/1.0.0", "/linux-/1.0.0", "/-/1.0.0"})
  void pathWithoutProcessorOrTarget_isRefused(String path) {
    assertEquals(400, get("/api/sync/ota/my-app" + path).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/sync/ota/other-app/linux/x86_64/1.0.0",
        "/api/sync/ota/apps/linux/x86_64/1.0.0",
        "/api/sync/ota/MY-APP/linux/x86_64/1.0.0",
        "/api/sync/ota/my-app",
        "/api/sync/ota/my-app/linux/x86_64/deb/more/1.0.0",
        "/my-app/linux/x86_64/1.0.0"
      })
  void unknownAppOrPath_isNotFound(String path) {
    Answer answer = get(path);

    assertEquals(404, answer.status());
    assertFalse(answer.error().isEmpty());
    assertEquals(Optional.of("application/json"), answer.headers().first("Content-Type"));
  }

  @Test
  void nothingForTheClient_hasTheReason() {
    assertEquals("no-release", reason(get(CHECK)));
    server.add(draft("9.0.0", ready("linux/x86_64")));
    assertEquals("no-release", reason(get(CHECK)));
    Release darwin = server.add(published("1.1.0", ready("darwin/aarch64")));
    assertEquals("no-artifact", reason(get(CHECK)));
    server.change(darwin, Release::yanked);
    assertEquals("yanked", reason(get(CHECK)));
    Release partial = server.add(published("1.2.0", ready("linux/x86_64")).rollout(Rollout.of(0)));
    assertEquals("rollout", reason(get(CHECK)));
    server.change(partial, Release::yanked);
    Release later =
        server.add(
            published("1.3.0", ready("linux/x86_64"))
                .minAppVersion(Optional.of(ReleaseVersion.of("1.0.1"))));
    assertEquals("minimum-version", reason(get(CHECK)));
    server.change(later, Release::yanked);
    server.add(published("1.4.0", ready("linux/x86_64", new ArtifactSignature[0])));
    assertEquals("no-signature", reason(get(CHECK)));
    assertEquals("up-to-date", reason(get(CHECK.replace("1.0.0", "1.4.0"))));
    assertEquals(Optional.of("User-Agent, X-Install-Id"), get(CHECK).headers().first("Vary"));
    assertEquals(Optional.of("no-cache"), get(CHECK).headers().first("Cache-Control"));
  }

  @Test
  void rollout_reachesInstallationsByTheirId() {
    server.add(published("1.1.0", ready("linux/x86_64")));
    server.add(published("1.2.0", ready("linux/x86_64")).rollout(Rollout.of(500)));

    int newest = 0;
    for (int i = 0; i < 400; i++) {
      Map<String, String> id = Map.of("X-Install-Id", "installation-" + i);
      String version = get(CHECK, id).json().path("version").asText();
      assertEquals(version, get(CHECK, id).json().path("version").asText(), "sticky");
      newest += version.equals("1.2.0") ? 1 : 0;
    }

    assertTrue(newest > 100 && newest < 300, "of 400 clients " + newest + " are in the half");
    assertEquals("1.1.0", get(CHECK).json().path("version").asText());
  }

  @Test
  void installId_isTrimmed_andCountsOnlyIfItIsShort() {
    String id = "x".repeat(200);
    server.add(
        published("1.2.0", ready("linux/x86_64"))
            .rollout(Rollout.of(0))
            .targetCohorts(List.of(Cohort.defaultFor(id), Cohort.defaultFor(id + "x"))));

    assertEquals(200, get(CHECK, Map.of("X-Install-Id", id)).status());
    assertEquals(200, get(CHECK, Map.of("x-install-id", " " + id + " ")).status());
    assertEquals("rollout", reason(get(CHECK, Map.of("X-Install-Id", id + "x"))));
    assertEquals("rollout", reason(get(CHECK, Map.of("X-Install-Id", " "))));
  }

  @ParameterizedTest
  @CsvSource({
    "tauri/updater, archive",
    "tauri/updater/1.8, archive",
    "tauri-plugin-updater/2.0.2, file",
    "cargo-packager-updater/0.2, file",
    "my own, file"
  })
  void userAgent_tellsWhatTheClientInstalls(String userAgent, String packaging) {
    server.add(published("1.2.0", ready("linux/x86_64//file"), ready("linux/x86_64//archive")));

    assertEquals(
        "signature of linux/x86_64//" + packaging,
        get(CHECK, Map.of("User-Agent", userAgent)).json().path("signature").asText());
  }

  @Test
  void sameAnswerAgain_isNotSentAgain() {
    server.add(published("1.2.0", ready("linux/x86_64")));
    String tag = get(CHECK).headers().first("ETag").orElseThrow();

    Answer again = get(CHECK, Map.of("If-None-Match", tag));
    Answer other = get(CHECK, Map.of("If-None-Match", "\"other\""));

    assertEquals(304, again.status());
    assertEquals("", again.text());
    assertEquals(Optional.of(tag), again.headers().first("ETag"));
    assertEquals(Optional.of("User-Agent, X-Install-Id"), again.headers().first("Vary"));
    assertEquals(200, other.status());
  }

  @Test
  void head_isAnsweredLikeGet() {
    server.add(published("1.2.0", ready("linux/x86_64")));

    assertEquals(
        get(CHECK).headers().first("ETag"),
        TestServer.send(server.server(), "HEAD", CHECK, Map.of(), "").headers().first("ETag"));
  }

  @Test
  void changedRelease_isToldAtOnce() {
    Release release = server.add(published("1.2.0", ready("linux/x86_64")));
    String before = get(CHECK).headers().first("ETag").orElseThrow();

    server.change(release, each -> each.toBuilder().mandatory(true).build());

    assertTrue(get(CHECK).json().path("mandatory").asBoolean());
    assertNotEquals(before, get(CHECK).headers().first("ETag").orElseThrow());
    assertEquals(200, get(CHECK, Map.of("If-None-Match", before)).status());

    server.change(release, each -> each.toBuilder().state(ReleaseState.YANKED).build());

    assertEquals("yanked", reason(get(CHECK)));
  }

  @Test
  void bothReleases_areToldApart() {
    server.add(published("1.2.0", ready("linux/x86_64")).publishedAt(Optional.of(TIME)));
    server.add(published("1.2.0", ready("linux/x86_64")).channel("beta"));

    assertEquals("stable", get(CHECK).json().path("channel").asText());
    assertEquals("beta", get(CHECK + "?channel=beta").json().path("channel").asText());
  }

  @Test
  void tenant_getsAnAnswerForItselfAlone() {
    server.add(published("1.2.0", ready("linux/x86_64")));
    HttpRequest request =
        HttpRequest.builder("GET", CHECK)
            .headers(HttpHeaders.empty())
            .context(RequestContext.none().with("tenant", "a").withCacheKey("a"))
            .build();

    assertEquals(
        Optional.of("private, no-cache"),
        TestServer.send(server.server(), request).headers().first("Cache-Control"));
  }

  /** Clients of cargo-packager name no software, and unpack nothing outside macOS. */
  @ParameterizedTest
  @CsvSource({
    "linux/x86_64/appimage/archive, linux/x86_64, 204",
    "linux/x86_64/appimage/file, linux/x86_64, 200",
    "windows/x86_64/msi/archive, windows/x86_64, 204",
    "darwin/aarch64/app, macos/aarch64, 200"
  })
  void clientThatNamesNoSoftware_getsNoArchiveThatItCannotUnpack(
      String parts, String client, int status) {
    server.add(published("1.2.0", ready(parts)));

    assertEquals(status, get("/api/sync/ota/my-app/" + client + "/1.0.0", Map.of()).status());
  }

  @Test
  void bundleTypeOfAnotherName_isFound() {
    server.add(published("1.2.0", ready("windows/x86_64/msi")));

    Answer answer = get("/api/sync/ota/my-app/windows/x86_64/1.0.0?bundle=wix");

    assertEquals("wix", answer.json().path("format").asText());
  }
}
