package dev.hotupdater.protocol.capacitor;

import static dev.hotupdater.protocol.capacitor.CapgoServer.app;
import static dev.hotupdater.protocol.capacitor.CapgoServer.bundle;
import static dev.hotupdater.protocol.capacitor.CapgoServer.device;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.release.Release;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What devices tell of their updates. */
class StatisticsTest {
  @TempDir Path directory;
  private CapgoServer server;
  private Release release;

  @BeforeEach
  void start() {
    server = new CapgoServer(directory);
    release = server.publish("1.3.0", bundle());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "set, installed",
    "download_complete, downloaded",
    "download_zip_complete, downloaded",
    "download_manifest_complete, downloaded",
    "update_fail, failed",
    "set_fail, failed",
    "download_fail, not_installed",
    "finish_download_fail, not_installed",
    "download_manifest_file_fail, not_installed",
    "download_manifest_checksum_fail, not_installed",
    "download_manifest_brotli_fail, not_installed",
    "manifest_path_fail, not_installed",
    "unzip_fail, not_installed",
    "checksum_fail, not_installed",
    "decrypt_fail, not_installed",
    "windows_path_fail, not_installed",
    "canonical_path_fail, not_installed",
    "directory_path_fail, not_installed",
    "low_mem_fail, not_installed",
    "checksum_required, not_installed",
    "session_key_required, not_installed",
    "insufficient_disk_space, not_installed"
  })
  void action_isRecordedAsItsOutcome(String action, String outcome) {
    assertEquals("{\"status\":\"ok\"}", tell(event(action)).text());

    assertEquals(List.of(outcome + " 1"), counts());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set_next",
        "reset",
        "delete",
        "download_0",
        "download_90",
        "download_zip_start",
        "ping",
        "app_crash",
        "backend_refusal",
        "rate_limit_reached",
        "blocked_by_server_url",
        "webview_javascript_error",
        "an_action_of_tomorrow"
      })
  void actionThatSaysNothingOfTheOutcome_isAccepted_andNotRecorded(String action) {
    Answer answer = tell(event(action));

    assertEquals(200, answer.status());
    assertEquals("{\"status\":\"ok\"}", answer.text());
    assertEquals(List.of(), counts());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "5.50.1, false",
    "6.14.24, false",
    "6.14.25, true",
    "7.16.9, false",
    "7.17.0, true",
    "9.0.0, false"
  })
  void downloadFail_ofOldPlugins_isNoise(String plugin, boolean isRecorded) {
    tell(event("download_fail").put("plugin_version", plugin));

    assertEquals(isRecorded ? List.of("not_installed 1") : List.of(), counts());
  }

  @Test
  void fileThatIsNamedBehindTheVersion_isLeftOut() {
    tell(event("download_manifest_file_fail").put("version_name", "1.3.0:index.html"));

    assertEquals(List.of("not_installed 1"), counts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.9.9", "builtin", "", "1.3.0-other"})
  void versionThatIsNotKnownHere_isNotRecorded(String version) {
    Answer answer = tell(event("set").put("version_name", version));

    assertEquals("{\"status\":\"ok\"}", answer.text());
    assertEquals(List.of(), counts());
  }

  @Test
  void sameEventTwice_countsOnce_howeverTheIdIsWritten() {
    tell(event("set"));
    tell(event("set").put("device_id", CapgoServer.DEVICE_ID.toUpperCase(Locale.ROOT)));

    assertEquals(List.of("installed 1"), counts());
  }

  @Test
  void releaseOnSeveralChannels_isThatOfTheDevicesChannel() {
    Release beta = server.publish("1.3.0", each -> each.channel("beta"), bundle());

    tell(event("set").put("defaultChannel", "beta"));

    server.server().devices().flush();
    List<OutcomeCount> counts = server.server().devices().counts(app());
    assertEquals(List.of(beta.id()), counts.stream().map(OutcomeCount::release).toList());
  }

  @Test
  void releaseThatWasTakenBack_isStillRecorded() {
    server.change(release, Release::yanked);

    tell(event("update_fail"));

    assertEquals(List.of("failed 1"), counts());
  }

  @Test
  void failure_keepsTheVersionFromTheDevice_andFromNoOther() {
    tell(event("update_fail"));
    server.server().devices().flush();

    assertTrue(server.server().devices().hasFailed(app(), CapgoServer.DEVICE_ID, "1.3.0"));
    assertEquals("up_to_date", server.check(device()).path("kind").textValue());
    assertFalse(server.server().devices().hasFailed(app(), "another", "1.3.0"));
  }

  @Test
  void failedDownload_isOfferedAgain() {
    tell(event("checksum_fail"));
    server.server().devices().flush();

    assertEquals("1.3.0", server.check(device()).path("version").textValue());
  }

  @Test
  void batch_isTakenAsFarAsItIsGood() {
    ArrayNode batch = JsonNodeFactory.instance.arrayNode();
    batch.add(event("set"));
    batch.add("not an object");
    batch.add(event("set").put("app_id", "com.example.other"));
    ObjectNode withoutDevice = event("set");
    withoutDevice.remove("device_id");
    batch.add(withoutDevice);
    ObjectNode withoutAction = event("set");
    withoutAction.remove("action");
    batch.add(withoutAction);
    batch.add(event("download_complete"));

    Answer answer = tell(batch);

    assertEquals(200, answer.status());
    assertEquals("ok", answer.json().path("status").textValue());
    JsonNode results = answer.json().path("results");
    assertEquals(6, results.size());
    assertEquals("{\"status\":\"ok\",\"index\":0}", results.path(0).toString());
    assertEquals("invalid_event", results.path(1).path("error").textValue());
    assertEquals(1, results.path(1).path("index").intValue());
    assertEquals("app_not_found", results.path(2).path("error").textValue());
    assertEquals("missing_device_id", results.path(3).path("error").textValue());
    assertEquals("missing_action", results.path(4).path("error").textValue());
    assertEquals("ok", results.path(5).path("status").textValue());
    assertEquals(List.of("downloaded 1", "installed 1"), counts());
  }

  @Test
  void batchWithTooManyEvents_isTakenUpToTheLimit() {
    ArrayNode batch = JsonNodeFactory.instance.arrayNode();
    ObjectNode ping = JsonNodeFactory.instance.objectNode().put("action", "ping");
    for (int i = 0; i <= StatisticsHandler.MAX_EVENTS; i++) {
      batch.add(ping);
    }

    JsonNode results = tell(batch).json().path("results");

    assertEquals(StatisticsHandler.MAX_EVENTS + 1, results.size());
    assertEquals(
        "too_many_events", results.path(StatisticsHandler.MAX_EVENTS).path("error").textValue());
  }

  @Test
  void answerToABatch_doesNotGrowWithIt() {
    Answer answer = server.send("POST", "/stats", "[" + "0,".repeat(499_999) + "0]");

    assertEquals(200, answer.status());
    JsonNode results = answer.json().path("results");
    assertEquals(StatisticsHandler.MAX_EVENTS + 1, results.size());
    assertEquals(
        "invalid_event", results.path(StatisticsHandler.MAX_EVENTS - 1).path("error").textValue());
    JsonNode last = results.path(StatisticsHandler.MAX_EVENTS);
    assertEquals("too_many_events", last.path("error").textValue());
    assertEquals(StatisticsHandler.MAX_EVENTS, last.path("index").intValue());
  }

  @Test
  void singleEventThatIsBad_isAnsweredWith200() {
    Answer answer = tell(event("set").put("app_id", "com.example.other"));

    assertEquals(200, answer.status());
    assertEquals("app_not_found", answer.error());
  }

  @Test
  void bodyThatIsNoJson_isMalformed() {
    assertEquals("invalid_json_body", server.send("POST", "/stats", "{").error());
  }

  @Test
  void bodyThatIsTooLarge_isRefused() {
    ObjectNode event = event("set").put("padding", "x".repeat(StatisticsHandler.MAX_BODY_BYTES));

    assertEquals(413, tell(event).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "0", "99999999999999", "soon", "99999999999999999999"})
  void timeThatCannotBe_isNoObstacle(String timestamp) {
    tell(event("set").put("timestamp", timestamp));

    assertEquals(List.of("installed 1"), counts());
  }

  private static ObjectNode event(String action) {
    return device()
        .put("version_name", "1.3.0")
        .put("old_version_name", "1.0.0")
        .put("action", action)
        .put("timestamp", 1_770_000_000_000L);
  }

  private Answer tell(JsonNode body) {
    return server.post("/stats", body);
  }

  private List<String> counts() {
    server.server().devices().flush();
    return server.server().devices().counts(app()).stream()
        .map(count -> count.outcome().jsonName() + " " + count.devices())
        .sorted()
        .toList();
  }
}
