package dev.hotupdater.protocol.liveupdates;

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
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.http.Access;
import dev.hotupdater.publishing.web.NewWebBundle;
import dev.hotupdater.publishing.web.WebPublishing;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.storage.FileStorage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveUpdateRoutesTest {
  private static final AppId APP = AppId.of("com.example.app");
  private static final String TOKEN = "a-token-for-this-test";
  private static final String PATH = "/live/apps/com.example.app";

  @TempDir private Path directory;
  private HotUpdater server;
  private WebPublishing publishing;

  @BeforeEach
  void start() {
    server =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(FileStorage.at(directory.resolve("files")))
            .routes(LiveUpdateRoutes.at("/live").protectedBy(Access.bearerToken(TOKEN)))
            .build();
    publishing = WebPublishing.builder().start(server.backend());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyRoute_withoutToken_isRefused() {
    for (String target :
        List.of(
            "GET ",
            "PUT ",
            "PUT /channels/beta",
            "DELETE /channels/beta",
            "GET /channels/beta/releases",
            "PATCH /releases/00000000-0000-4000-8000-000000000000",
            "DELETE /releases/00000000-0000-4000-8000-000000000000",
            "POST /releases/00000000-0000-4000-8000-000000000000/activate",
            "GET /devices/a/channel",
            "PUT /devices/a/channel",
            "DELETE /devices/a/channel",
            "PUT /custom-ids/a/channel",
            "GET /statistics",
            "POST /cleanup",
            "POST /signatures")) {
      String[] parts = target.split(" ", 2);
      assertEquals(
          401, TestServer.send(server, parts[0], PATH + parts[1], Map.of(), "{}").status(), target);
    }
  }

  @Test
  void database_thatRecordsNothingOfDevices_isRefusedWhenBuilding() {
    var database = new WithoutDevices(InMemoryDatabase.create());
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class,
            () ->
                HotUpdater.builder()
                    .database(database)
                    .storage(FileStorage.at(directory.resolve("files")))
                    .routes(LiveUpdateRoutes.at("").protectedBy(Access.delegated()))
                    .build());
    assertTrue(String.valueOf(refused.getMessage()).contains("DeviceDatabase"));
  }

  @Test
  void unknownApp_isNotFound() {
    assertEquals(404, send("GET", "", "").status());
    assertEquals(404, send("POST", "/cleanup", "{}").status());
  }

  @Test
  void app_isCreatedWithItsRules_andChannelsStay() {
    send("PUT", "/channels/beta", "{\"allow_self_set\":true,\"rules\":{\"emulators\":false}}");
    Answer put =
        send(
            "PUT",
            "",
            "{\"default_channel\":\"production\",\"rules\":{\"platforms\":[\"ios\"],"
                + "\"version_policy\":\"same_major\",\"under_native\":true,"
                + "\"min_native_version\":\"1.2.0\"}}");

    assertEquals(200, put.status());
    JsonNode app = send("GET", "", "").json();
    assertEquals(put.json(), app);
    assertEquals("production", app.path("default_channel").asText());
    assertEquals("same_major", app.path("rules").path("version_policy").asText());
    assertEquals("ios", app.path("rules").path("platforms").path(0).asText());
    assertTrue(app.path("channels").path("beta").path("allow_self_set").asBoolean());
    assertFalse(app.path("channels").path("beta").path("rules").path("emulators").asBoolean(true));
    send("DELETE", "/channels/beta", "");
    assertTrue(send("GET", "", "").json().path("channels").isEmpty());
  }

  @Test
  void rulesThatMakeNoSense_areRefusedWithTheirField() {
    Answer answer = send("PUT", "", "{\"rules\":{\"version_policy\":\"whatever\"}}");
    assertEquals(400, answer.status());
    assertTrue(answer.error().contains("rules.version_policy"), answer.error());
    assertEquals(
        400,
        send(
                "PUT",
                "",
                "{\"rules\":{\"min_native_version\":\"2.0.0\",\"max_native_version\":\"1.0.0\"}}")
            .status());
    assertEquals(400, send("PUT", "/channels/-x", "{}").status());
    assertEquals(404, send("GET", "", "").status(), "nothing was stored");
  }

  @Test
  void releases_areListedInTheOrderOfTheirUploads() throws IOException {
    publish("2.0.0", "two");
    Release last = publish("1.0.0", "one");

    JsonNode releases = send("GET", "/channels/stable/releases", "").json().path("releases");

    assertEquals(2, releases.size());
    assertEquals("1.0.0", releases.path(0).path("version").asText());
    assertTrue(releases.path(0).path("active").asBoolean());
    assertFalse(releases.path(1).path("active").asBoolean());
    assertEquals(
        last.artifacts().get(0).sha256(),
        Optional.of(releases.path(0).path("bundles").path(0).path("sha256").asText()));
  }

  @Test
  void release_thatIsActivated_isTheActiveOne() throws IOException {
    Release first = publish("1.0.0", "one");
    publish("1.1.0", "more");

    assertEquals(200, send("POST", "/releases/" + first.id() + "/activate", "").status());

    assertEquals(Optional.of(first.id()), active());
  }

  @Test
  void release_keepsWhatIsNotNamedInAChange() throws IOException {
    Release release = publish("1.0.0", "one");

    JsonNode changed =
        send(
                "PATCH",
                "/releases/" + release.id(),
                "{\"rollout\":250,\"rules\":{\"production\":false}}")
            .json();
    JsonNode again = send("PATCH", "/releases/" + release.id(), "{\"mandatory\":true}").json();

    assertEquals(250, changed.path("rollout").asInt());
    assertEquals(250, again.path("rollout").asInt());
    assertTrue(again.path("mandatory").asBoolean());
    assertFalse(again.path("rules").path("production").asBoolean(true));
  }

  @Test
  void release_thatIsRemoved_keepsItsChecksumAndMakesTheOneBeforeActive() throws IOException {
    Release first = publish("1.0.0", "one");
    Release second = publish("1.1.0", "more");

    JsonNode removed = send("DELETE", "/releases/" + second.id(), "").json();

    assertEquals("removed", removed.path("state").asText());
    assertEquals(
        second.artifacts().get(0).sha256(),
        Optional.of(removed.path("bundles").path(0).path("sha256").asText()));
    assertEquals(Optional.of(first.id()), active());
  }

  @Test
  void release_ofAnotherApp_isNotFound() throws IOException {
    Release release = publish("1.0.0", "one");
    String path = "/live/apps/com.example.other/releases/" + release.id();

    for (String method : List.of("PATCH", "DELETE")) {
      assertEquals(404, send(server, method, path, "{\"rollout\":0}").status(), method);
    }
    assertEquals(404, send(server, "POST", path + "/activate", "").status());
    assertEquals(Optional.of(release.id()), active());
  }

  @Test
  void device_isGivenToAChannelAndTakenAway() {
    assertTrue(send("GET", "/devices/ABC-1/channel", "").json().path("channel").isNull());
    assertEquals(200, send("PUT", "/devices/ABC-1/channel", "{\"channel\":\"beta\"}").status());
    send("PUT", "/custom-ids/Some%20one%2F1/channel", "{\"channel\":\"alpha\"}");

    assertEquals("beta", send("GET", "/devices/abc-1/channel", "").json().path("channel").asText());
    assertEquals(
        Optional.of("alpha"),
        server
            .devices()
            .assignedChannel(
                APP, DeviceKey.device("other"), Optional.of(DeviceKey.custom("Some one/1"))));
    send("DELETE", "/devices/abc-1/channel", "");
    assertTrue(send("GET", "/devices/abc-1/channel", "").json().path("channel").isNull());
    assertEquals(400, send("PUT", "/devices/abc-1/channel", "{\"channel\":\"../x\"}").status());
  }

  @Test
  void statistics_countEachDeviceOnce() throws IOException {
    Release release = publish("1.0.0", "one");
    record(release, "d1", DeviceOutcome.INSTALLED);
    record(release, "d1", DeviceOutcome.INSTALLED);
    record(release, "d2", DeviceOutcome.INSTALLED);
    record(release, "d3", DeviceOutcome.FAILED);
    server.devices().flush();

    JsonNode statistics = send("GET", "/statistics", "").json().path("releases");

    assertEquals(1, statistics.size());
    assertEquals("stable", statistics.path(0).path("channel").asText());
    assertEquals("1.0.0", statistics.path(0).path("version").asText());
    assertEquals(2, statistics.path(0).path("installed").asInt());
    assertEquals(1, statistics.path(0).path("failed").asInt());
    assertEquals(0, statistics.path(0).path("downloaded").asInt());
  }

  @Test
  void cleanup_leavesTheActiveReleaseAndWhatIsKept() throws IOException {
    publish("1.0.0", "one");
    publish("1.1.0", "two");
    publish("1.2.0", "three");

    JsonNode removed =
        send("POST", "/cleanup", "{\"keep\":2,\"min_age_days\":0}").json().path("removed");

    assertEquals(1, removed.size());
    assertEquals("1.0.0", removed.path(0).path("version").asText());
    assertEquals(400, send("POST", "/cleanup", "{\"keep\":-1}").status());
  }

  private void record(Release release, String device, DeviceOutcome outcome) {
    server
        .devices()
        .record(
            new DeviceEvent(
                APP,
                device,
                release.id(),
                release.version().toString(),
                release.channel(),
                "ios",
                outcome,
                outcome.jsonName(),
                Instant.parse("2026-03-13T12:00:00Z")));
  }

  private Optional<ReleaseId> active() {
    return server.releases().view().liveUpdates(APP, "stable").active().map(Release::id);
  }

  private Release publish(String version, String page) throws IOException {
    return publishing
        .publish(
            APP,
            NewWebBundle.builder(ReleaseVersion.of(version)).build(),
            zip(version, page),
            RequestContext.none())
        .release();
  }

  private Path zip(String version, String page) throws IOException {
    Path file = directory.resolve(version + ".zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("index.html"));
      zip.write(page.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return file;
  }

  private Answer send(String method, String rest, String body) {
    return send(server, method, PATH + rest, body);
  }

  private static Answer send(HotUpdater server, String method, String path, String body) {
    return TestServer.send(server, method, path, Map.of("Authorization", "Bearer " + TOKEN), body);
  }

  @Test
  void release_losesItsLowestNativeVersion_ifThatIsNull() throws IOException {
    Release release = publish("1.0.0", "one");
    String path = "/releases/" + release.id();
    JsonNode said = send("PATCH", path, "{\"min_native_version\":\"1.5.0\"}").json();
    assertEquals("1.5.0", said.path("min_native_version").asText());
    assertTrue(send("PATCH", path, "{\"mandatory\":true}").json().has("min_native_version"));

    Answer cleared = send("PATCH", path, "{\"min_native_version\":null}");

    assertEquals(200, cleared.status());
    assertFalse(cleared.json().has("min_native_version"));
  }

  @Test
  void release_forNoNativeVersionAtAll_isRefusedWithItsField() throws IOException {
    Release release = publish("1.0.0", "one");

    Answer answer =
        send(
            "PATCH",
            "/releases/" + release.id(),
            "{\"min_native_version\":\"2.0.0\",\"rules\":{\"max_native_version\":\"1.9.0\"}}");

    assertEquals(400, answer.status());
    assertTrue(answer.error().contains("min_native_version"), answer.error());
  }

  @Test
  void cleanup_thatWouldKeepNothing_isRefusedWithItsField() throws IOException {
    publish("1.0.0", "one");

    Answer answer = send("POST", "/cleanup", "{\"keep\":0}");

    assertEquals(400, answer.status());
    assertTrue(answer.error().contains("'keep'"), answer.error());
  }
}
