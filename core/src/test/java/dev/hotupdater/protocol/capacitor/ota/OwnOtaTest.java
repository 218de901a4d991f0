package dev.hotupdater.protocol.capacitor.ota;

import static dev.hotupdater.protocol.capacitor.ota.OtaServer.field;
import static dev.hotupdater.protocol.capacitor.ota.OtaServer.file;
import static dev.hotupdater.protocol.capacitor.ota.OtaServer.sha256;
import static dev.hotupdater.protocol.capacitor.ota.OtaServer.zip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.protocol.capacitor.ota.OtaServer.Reply;
import dev.hotupdater.release.AppId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The defects of the worker that this server has none of. Source: Capacitor protocols, B3. */
class OwnOtaTest {
  private static final String NO_UPDATE = "no_new_version_available";

  private OtaServer server;

  @BeforeEach
  void start(@TempDir Path directory) {
    server = OtaServer.start(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void upload(String... versions) {
    for (String version : versions) {
      assertEquals(201, server.upload(version).status());
    }
  }

  private Reply delete(String version) {
    return server.admin("DELETE", "/api/ota/admin/ota/stable/" + version);
  }

  private static void assertOffered(String version, Reply reply) {
    assertEquals(200, reply.status());
    assertEquals(version, reply.field("version"), reply.text());
    assertEquals(sha256(zip(version)), reply.field("checksum"));
    assertEquals(
        OtaServer.ADDRESS + "/api/ota/bundle/stable-" + version + ".zip", reply.field("url"));
    for (String name : List.of("error", "kind", "message")) {
      assertFalse(reply.json().has(name), reply.text());
    }
  }

  private static void assertNoUpdate(Reply reply) {
    assertEquals(200, reply.status());
    assertEquals(NO_UPDATE, reply.field("error"), reply.text());
    assertEquals("up_to_date", reply.field("kind"));
  }

  @Test
  void row1_upToDate_isNoFailedDownload() {
    upload("1.2.0");

    assertNoUpdate(server.check("1.0.0", "1.2.0"));
  }

  @Test
  void row2_device_isComparedByItsBundle() {
    upload("1.2.0");

    assertOffered("1.2.0", server.check("1.0.0", "1.0.0"));
    assertOffered("1.2.0", server.check("1.0.0", "1.1.0"));
    assertNoUpdate(server.check("1.0.0", "1.2.0"));
  }

  @Test
  void row2_nativeAppThatIsNewer_isNotTakenBack() {
    upload("1.5.0");

    Reply reply = server.check("2.0.0", "2.0.0");

    assertFalse(reply.json().has("url"), reply.text());
    assertTrue(reply.json().has("kind"), reply.text());
  }

  @Test
  void row2_nativeAppOfTheSameVersion_needsNoBundle() {
    upload("1.2.0");

    assertNoUpdate(server.check("1.2.0", "1.2.0"));
    assertNoUpdate(server.check("1.2.0", "builtin"));
  }

  @Test
  void row3_defaultChannel_isHonoured() {
    upload("1.2.0");
    server.upload("beta", "1.3.0");

    assertEquals("1.3.0", server.check("1.0.0", "1.0.0", "beta").field("version"));
    assertEquals("1.2.0", server.check("1.0.0", "1.0.0", "stable").field("version"));
    assertEquals("1.2.0", server.check("1.0.0", "1.0.0", "").field("version"));
  }

  @Test
  void row3_channel_comesBeforeDefaultChannel() {
    upload("1.2.0");
    server.upload("beta", "1.3.0");

    Reply reply =
        server.post(
            "/check",
            "{\"version_build\":\"1.0.0\",\"channel\":\"beta\",\"defaultChannel\":\"stable\"}");

    assertEquals("1.3.0", reply.field("version"));
  }

  @Test
  void row4_unknownChannel_hasNoUpdate() {
    upload("1.2.0");

    assertNoUpdate(server.check("1.0.0", "1.0.0", "nobody-knows-it"));
  }

  @Test
  void row4_emptyChannel_hasNoUpdate() {
    upload("1.2.0");
    delete("1.2.0");

    assertNoUpdate(server.check("1.0.0", "1.0.0"));
  }

  @Test
  void row4_appWithoutAnyUpload_hasNoUpdate() {
    assertNoUpdate(server.check("1.0.0", "1.0.0"));
  }

  @Test
  void row5_checksum_isThereAfterRollback() {
    upload("1.2.0", "1.3.0");

    Reply deleted = delete("1.3.0");

    assertEquals(200, deleted.status(), deleted.text());
    assertEquals("1.3.0", deleted.json().at("/deleted/version").asText());
    assertEquals("1.2.0", deleted.json().at("/active/version").asText());
    assertEquals(sha256(zip("1.2.0")), deleted.json().at("/active/checksum").asText());
    assertOffered("1.2.0", server.check("1.0.0", "1.0.0"));
    assertOffered("1.2.0", server.check("1.0.0", "1.3.0"));
  }

  @Test
  void row6_deletionOfAnotherVersion_leavesTheActiveOne() {
    upload("1.1.0", "1.3.0", "1.2.0");

    Reply deleted = delete("1.3.0");

    assertEquals("1.2.0", deleted.json().at("/active/version").asText());
    assertOffered("1.2.0", server.check("1.0.0", "1.0.0"));
    assertEquals("1.2.0", delete("1.1.0").json().at("/active/version").asText());
  }

  @Test
  void row6_uploadsAtTheSameMoment_haveAnExactOrder() {
    upload("1.3.0", "1.1.0", "1.2.0");

    assertEquals(List.of("1.2.0", "1.1.0", "1.3.0"), server.history("?channel=stable"));
    assertOffered("1.2.0", server.check("1.0.0", "1.0.0"));
    delete("1.2.0");
    assertOffered("1.1.0", server.check("1.0.0", "1.0.0"));
    delete("1.1.0");
    assertOffered("1.3.0", server.check("1.0.0", "1.0.0"));
  }

  @Test
  void row7_lastBundleDeleted_sendsItsDevicesBackToBuiltin() {
    upload("1.2.0");

    Reply deleted = delete("1.2.0");

    assertTrue(deleted.json().path("active").isNull(), deleted.text());
    assertEquals("{\"version\":\"builtin\"}", server.check("1.0.0", "1.2.0").text());
    assertNoUpdate(server.check("1.0.0", "1.0.0"));
    assertNoUpdate(server.check("1.0.0", "1.1.0"));
    assertEquals("{\"version\":\"builtin\"}", server.check("6.2.0", "1.0.0", "1.2.0", "").text());
    Reply old = server.check("6.1.0", "1.0.0", "1.2.0", "");
    assertFalse(old.text().contains("builtin"), old.text());
  }

  @Test
  void row8_versionWithOtherBytes_isNeverOffered() {
    upload("1.2.0");

    Reply again = server.upload(file(zip("other")), field("version", "1.2.0"));

    assertEquals(409, again.status(), again.text());
    assertOffered("1.2.0", server.check("1.0.0", "1.0.0"));
    delete("1.2.0");
    assertEquals(
        409, server.upload(file(zip("other")), field("version", "1.2.0")).status(), "after all");
  }

  private Reply told(String path, String device, String version, String action) {
    return server.post(
        path,
        """
        {"platform":"android","device_id":"%s","app_id":"com.example.whatever",
         "version_build":"1.0.0","version_name":"%s","plugin_version":"8.51.23","action":"%s"}
        """
            .formatted(device, version, action));
  }

  private Reply checkOf(String device) {
    return server.post(
        "/api/ota/check",
        """
        {"platform":"ios","device_id":"%s","version_build":"1.0.0","version_name":"1.3.0",
         "plugin_version":"8.51.23"}
        """
            .formatted(device));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/ota/stats", "/stats"})
  void row8_rollback_isNotOfferedToADeviceOnWhichItFailed(String stats) {
    upload("1.2.0", "1.3.0");

    Reply taken = told(stats, "device-a", "1.2.0", "update_fail");
    told(stats, "device-b", "1.2.0", "set");
    delete("1.3.0");

    assertEquals("{\"status\":\"ok\"}", taken.text());
    Reply failed = checkOf("device-a");
    assertFalse(failed.text().contains("1.2.0"), failed.text());
    assertOffered("1.2.0", checkOf("device-b"));
    assertOffered("1.2.0", checkOf("device-c"));
  }

  @Test
  void statistics_beforeAnyUpload_areTaken() {
    Reply taken = told("/stats", "device-a", "1.2.0", "update_fail");

    assertEquals("{\"status\":\"ok\"}", taken.text());
  }

  @Test
  void row9_bundle_isAdmittedAndNeverChanges() {
    assertEquals(
        400, server.upload(file(new byte[] {1, 2, 3}), field("version", "1.2.0")).status());
    upload("1.2.0");

    Reply bundle = server.get("/api/ota/bundle/stable-1.2.0.zip");

    assertArrayEquals(zip("1.2.0"), bundle.body());
    assertTrue(bundle.header("Cache-Control").contains("immutable"));
    assertEquals("application/zip", bundle.header("Content-Type"));
    assertEquals("bytes", bundle.header("Accept-Ranges"));
  }

  @Test
  void row9_platforms_haveBundlesOfTheirOwn() {
    upload("1.1.0");
    assertEquals(
        201,
        server
            .upload(file(zip("ios")), field("version", "1.2.0"), field("platform", "ios"))
            .status());

    assertOffered("1.1.0", server.check("1.0.0", "1.0.0"));
    assertEquals("1.2.0", server.get("/api/ota/manifest/stable?platform=ios").field("version"));
    assertEquals("1.1.0", server.get("/api/ota/manifest/stable?platform=android").field("version"));
    Reply offer =
        server.post(
            "/api/ota/check",
            """
            {"platform":"ios","device_id":"device-a","version_build":"1.0.0",
             "version_name":"1.0.0","plugin_version":"8.51.23"}
            """);
    assertEquals("1.2.0", offer.field("version"), offer.text());
    assertEquals(sha256(zip("ios")), offer.field("checksum"));
    assertEquals(OtaServer.ADDRESS + "/api/ota/bundle/stable~1.2.0~ios.zip", offer.field("url"));
    Reply ios = server.get("/api/ota/bundle/stable~1.2.0~ios.zip");
    assertArrayEquals(zip("ios"), ios.body());
  }

  @Test
  void row9_apps_areSeparate(@TempDir Path directory) {
    OwnOta other = OwnOta.forApp(AppId.of("com.example.other")).at("/other");
    try (OtaServer both =
        OtaServer.start(directory, ota -> ota.at("/mine"), other.publicRoutes())) {
      Map<String, String> token = Map.of("Authorization", "Bearer " + OtaServer.TOKEN);
      both.form(
          "/mine/api/ota/admin/ota/upload", token, file(zip("1.2.0")), field("version", "1.2.0"));

      String url = both.get("/mine/api/ota/manifest/stable").field("url");
      assertEquals(OtaServer.ADDRESS + "/mine/api/ota/bundle/stable-1.2.0.zip", url);
      assertEquals(200, both.get("/mine/api/ota/bundle/stable-1.2.0.zip").status());
      assertEquals(404, both.get("/other/api/ota/bundle/stable-1.2.0.zip").status());
      assertEquals(404, both.get("/other/api/ota/manifest/stable").status());
      assertNoUpdate(both.get("/other/check?version_build=1.0.0"));
    }
  }

  @Test
  void bundle_thatAnotherServerHasTold_isThere() {
    try (OtaServer another = server.startAnother()) {
      upload("1.2.0");

      assertEquals(404, another.get("/api/ota/manifest/stable").status());
      assertArrayEquals(zip("1.2.0"), another.get("/api/ota/bundle/stable-1.2.0.zip").body());
      assertEquals(List.of("1.2.0"), another.history(""));
    }
  }

  /** What the worker's app sends, which has no plugin that would ask. */
  @Test
  void check_withVersionBuildAlone_isOffered() {
    upload("1.2.0");

    Reply reply = server.post("/api/ota/check", "{\"version_build\":\"1.0.0\"}");

    assertOffered("1.2.0", reply);
    assertNoUpdate(server.post("/check", "{\"version_build\":\"1.2.0\"}"));
  }

  /** It tells what it runs, and that is not always what came with the app. */
  @Test
  void check_withVersionBuildAlone_goesBackAfterADeletion() {
    upload("1.2.0", "1.3.0");
    delete("1.3.0");

    assertOffered("1.2.0", server.post("/check", "{\"version_build\":\"1.3.0\"}"));
    assertOffered("1.2.0", server.get("/check?version_build=1.3.0"));
    // These tell their native version besides.
    Reply named = server.post("/check", "{\"version_build\":\"1.3.0\",\"version_name\":\"1.3.0\"}");
    assertFalse(named.json().has("url"), named.text());
    Reply plugin =
        server.post(
            "/check",
            "{\"platform\":\"ios\",\"version_build\":\"1.3.0\","
                + "\"plugin_version\":\"8.51.23\"}");
    assertFalse(plugin.json().has("url"), plugin.text());
  }

  @Test
  void row2_nativeAppThatIsNewer_isNotTakenBack_whoeverAsks() {
    upload("1.5.0");

    Reply named = server.post("/check", "{\"version_build\":\"2.0.0\",\"version_name\":\"1.4.0\"}");

    assertFalse(named.json().has("url"), named.text());
    assertFalse(named.json().has("version"), named.text());
  }

  @Test
  void check_withQuery_isTheSame() {
    upload("1.2.0");

    assertOffered("1.2.0", server.get("/api/ota/check?version_build=1.0.0"));
    assertOffered("1.2.0", server.get("/check?version_build=1.0.0&channel=stable"));
  }

  @Test
  void legacyEmptyAnswer_isForClientsThatAreNoPlugin(@TempDir Path directory) {
    try (OtaServer legacy = OtaServer.start(directory, OwnOta::legacyEmptyAnswer)) {
      legacy.upload("1.2.0");

      assertEquals("{}", legacy.post("/check", "{\"version_build\":\"1.2.0\"}").text());
      assertNoUpdate(legacy.check("1.0.0", "1.2.0"));
    }
  }

  @Test
  void rollout_isHonoured() {
    server.upload(file(zip("1.2.0")), field("version", "1.2.0"), field("rollout", "0"));

    assertNoUpdate(server.check("1.0.0", "1.0.0"));
  }

  @Test
  void minNativeVersion_isHonoured() {
    server.upload(
        file(zip("1.2.0")), field("version", "1.2.0"), field("min_native_version", "1.1"));

    assertFalse(server.check("1.0.0", "1.0.0").json().has("url"));
    assertOffered("1.2.0", server.check("1.1.0", "1.1.0"));
  }

  @Test
  void notesAndLink_areTold() {
    server.upload(
        field("comment", "What is new"),
        field("link", "https://example.com/news"),
        file(zip("1.2.0")),
        field("version", "1.2.0"));

    JsonNode offer = server.check("1.0.0", "1.0.0").json();

    assertEquals("What is new", offer.path("comment").asText());
    assertEquals("https://example.com/news", offer.path("link").asText());
  }

  @Test
  void encryptedBundle_isOfferedAsItsPublisherEncryptedIt() {
    String checksum = "ab".repeat(256);
    String sessionKey = "A".repeat(22) + "==:" + "A".repeat(342) + "==";

    Reply uploaded =
        server.upload(
            file(new byte[48]),
            field("version", "1.2.0"),
            field("checksum", checksum),
            field("session_key", sessionKey),
            field("key_id", "MIIBCgKCAQEA"));

    assertEquals(201, uploaded.status(), uploaded.text());
    assertEquals(checksum, uploaded.field("checksum"));
    JsonNode offer = server.check("1.0.0", "1.0.0").json();
    assertEquals(checksum, offer.path("checksum").asText());
    assertEquals(sessionKey, offer.path("session_key").asText());
  }

  @Test
  void names_ofTheGroups_haveThePath() {
    OwnOta ota = OwnOta.forApp(OtaServer.APP);

    assertEquals("ownOta", ota.publicRoutes().name());
    assertEquals("ownOta/my-app", ota.at("/my-app").publicRoutes().name());
    assertEquals("ownOtaSignIn/my-app", ota.at("/my-app").signInRoutes(OtaServer.SIGN_IN).name());
  }
}
