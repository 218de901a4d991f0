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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** History, deletion, activation, manifests and packages. */
class OtaAdminTest {
  private static final String OTA = "/api/ota/admin/ota";
  private static final String APK = "/api/ota/admin/apk";

  private OtaServer server;

  @BeforeEach
  void start(@TempDir Path directory) {
    server = OtaServer.start(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Reply uploadPackage(String version) {
    return server.uploadPackage(file(zip("apk " + version)), field("version", version));
  }

  @Test
  void history_hasEveryUpload_theLastFirst() {
    server.upload("1.2.0");
    server.upload("beta", "1.4.0");
    server.upload("1.3.0");

    JsonNode entries = server.admin("GET", OTA + "/history?channel=stable").json();

    assertEquals(2, entries.size());
    JsonNode last = entries.get(0);
    assertEquals("stable", last.path("channel").asText());
    assertEquals("1.3.0", last.path("version").asText());
    assertEquals("any", last.path("platform").asText());
    assertEquals("stable-1.3.0.zip", last.path("filename").asText());
    assertEquals("2026-03-13T12:00:00Z", last.path("uploaded_at").asText());
    assertEquals(sha256(zip("1.3.0")), last.path("checksum").asText());
    assertEquals(zip("1.3.0").length, last.path("size").asLong());
    assertTrue(last.path("active").asBoolean());
    assertFalse(entries.get(1).path("active").asBoolean());
    assertEquals(List.of("1.3.0", "1.4.0", "1.2.0"), server.history(""));
    assertEquals(List.of(), server.history("?channel=none"));
  }

  @Test
  void history_ofDeletedUploads_isKept() {
    server.upload("1.2.0");
    server.upload("1.3.0");
    server.admin("DELETE", OTA + "/stable/1.3.0");

    JsonNode entries = server.admin("GET", OTA + "/history?removed=true").json();

    assertEquals(List.of("1.2.0"), server.history(""));
    assertEquals(List.of("1.3.0", "1.2.0"), server.history("?removed=true"));
    assertTrue(entries.get(0).path("removed").asBoolean());
    assertEquals(sha256(zip("1.3.0")), entries.get(0).path("checksum").asText());
    assertTrue(entries.get(1).path("active").asBoolean());
  }

  @Test
  void platforms_haveTheirOwnActiveUpload() {
    server.upload("1.2.0");
    server.upload(file(zip("ios")), field("version", "1.3.0"), field("platform", "ios"));

    JsonNode entries = server.admin("GET", OTA + "/history").json();

    assertEquals("stable~1.3.0~ios.zip", entries.get(0).path("filename").asText());
    assertTrue(entries.get(0).path("active").asBoolean());
    assertTrue(entries.get(1).path("active").asBoolean());
  }

  @ParameterizedTest
  @CsvSource({"/stable/1.3.0", "/bundle/stable-1.3.0.zip"})
  void deletion_saysWhatIsActive_howeverOftenItIsAsked(String path) {
    server.upload("1.2.0");
    server.upload("1.3.0");

    for (int i = 0; i < 2; i++) {
      Reply reply = server.admin("DELETE", OTA + path);

      assertEquals(200, reply.status(), reply.text());
      assertEquals("1.3.0", reply.json().at("/deleted/version").asText());
      assertEquals("stable", reply.json().at("/deleted/channel").asText());
      assertEquals("1.2.0", reply.json().at("/active/version").asText());
      assertEquals(sha256(zip("1.2.0")), reply.json().at("/active/checksum").asText());
    }
  }

  /** The name that stands where the key of a file is deleted. */
  @Test
  void deletion_onAChannelNamedBundle_isPossible() {
    server.upload("bundle", "1.2.0");

    assertEquals(200, server.admin("DELETE", OTA + "/bundle/1.2.0").status());
    assertEquals(List.of(), server.history(""));
  }

  @Test
  void deletion_byKey_takesItsAddress() {
    server.upload("1.2.0+7");

    assertEquals(200, server.admin("DELETE", OTA + "/bundle/stable-1.2.0%2B7.zip").status());
    assertEquals(List.of(), server.history(""));
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /stable/9.9.9",
    "DELETE, /none/1.2.0",
    "DELETE, /bundle/stable-9.9.9.zip",
    "DELETE, /bundle/x",
    "POST,   /stable/9.9.9/activate"
  })
  void change_ofNothing_isNotFound(String method, String path) {
    server.upload("1.2.0");

    assertEquals(404, server.admin(method, OTA + path).status());
    assertEquals(List.of("1.2.0"), server.history(""));
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /api/ota/admin/ota/history",
    "DELETE, /api/ota/admin/ota/stable/1.2.0",
    "DELETE, /api/ota/admin/ota/bundle/stable-1.2.0.zip",
    "POST,   /api/ota/admin/ota/stable/1.2.0/activate",
    "POST,   /api/ota/admin/apk/upload",
    "GET,    /api/ota/admin/apk/history",
    "DELETE, /api/ota/admin/apk/1.2.0"
  })
  void adminRoutes_withoutToken_areUnauthorized(String method, String path) {
    server.upload("1.2.0");

    assertEquals(401, server.send(OtaServer.request(method, path, Map.of()).build()).status());
    assertEquals(200, server.get("/api/ota/bundle/stable-1.2.0.zip").status());
  }

  @Test
  void deletedBundle_comesBackWithTheSameBytes() {
    server.upload("1.2.0");
    server.admin("DELETE", OTA + "/stable/1.2.0");

    Reply again = server.upload("1.2.0");

    assertEquals(201, again.status(), again.text());
    assertArrayEquals(zip("1.2.0"), server.get("/api/ota/bundle/stable-1.2.0.zip").body());
    assertEquals("1.2.0", server.check("1.0.0", "1.0.0").field("version"));
  }

  @Test
  void activation_makesAnEarlierUploadTheActiveOne() {
    server.upload("1.2.0");
    server.upload("1.3.0");

    Reply reply = server.admin("POST", OTA + "/stable/1.2.0/activate");

    assertEquals(200, reply.status(), reply.text());
    assertEquals("1.2.0", reply.json().at("/active/version").asText());
    assertEquals("1.2.0", server.check("1.0.0", "1.3.0").field("version"));
    assertEquals("1.2.0", server.get("/api/ota/manifest/stable").field("version"));
  }

  @Test
  void activation_ofADeletedUpload_isAConflict() {
    server.upload("1.2.0");
    server.admin("DELETE", OTA + "/stable/1.2.0");

    assertEquals(409, server.admin("POST", OTA + "/stable/1.2.0/activate").status());
  }

  @Test
  void manifest_isWhatIsActive() {
    assertEquals(404, server.get("/api/ota/manifest/stable").status());
    server.upload("1.2.0");

    Reply reply = server.get("/api/ota/manifest/stable");

    assertEquals(200, reply.status());
    assertEquals("1.2.0", reply.field("version"));
    assertEquals("stable-1.2.0.zip", reply.field("key"));
    assertEquals(sha256(zip("1.2.0")), reply.field("checksum"));
    assertEquals(OtaServer.ADDRESS + "/api/ota/bundle/stable-1.2.0.zip", reply.field("url"));
    assertEquals("2026-03-13T12:00:00Z", reply.field("updated"));
    assertEquals(
        304,
        server
            .get("/api/ota/manifest/stable", Map.of("If-None-Match", reply.header("ETag")))
            .status());
    assertEquals(404, server.get("/api/ota/manifest/beta").status());
  }

  @Test
  void package_isPublishedOnItsOwnChannel() {
    byte[] apk = zip("apk 2.0.0");

    Reply reply =
        server.uploadPackage(field("checksum", sha256(apk)), field("version", "2.0.0"), file(apk));

    assertEquals(201, reply.status(), reply.text());
    assertEquals("apk", reply.field("channel"));
    assertEquals("apk-2.0.0.apk", reply.field("key"));
    assertEquals(sha256(apk), reply.field("checksum"));
    assertEquals("true", reply.field("active"));
    assertEquals(200, uploadPackage("2.0.0").status());
    assertEquals(409, server.uploadPackage(file(zip("other")), field("version", "2.0.0")).status());
    for (String path : List.of(OtaServer.path(reply.field("url")), "/api/ota/apk/2.0.0")) {
      Reply download = server.get(path);
      assertArrayEquals(apk, download.body());
      assertEquals("application/vnd.android.package-archive", download.header("Content-Type"));
    }
    assertEquals(List.of(), server.history(""));
    assertEquals(404, server.get("/api/ota/manifest/apk").status());
  }

  @Test
  void package_thatIsTheLatest_isTheOneUploadedLast() {
    assertEquals(404, server.get("/api/ota/apk/latest").status());
    assertEquals(404, server.get("/api/ota/apk/latest/download").status());
    uploadPackage("2.1.0");
    uploadPackage("2.0.0");

    Reply latest = server.get("/api/ota/apk/latest");
    Reply download = server.get("/api/ota/apk/latest/download");

    assertEquals("2.0.0", latest.field("version"));
    assertEquals(302, download.status());
    assertEquals("no-store", download.header("Cache-Control"));
    assertArrayEquals(
        zip("apk 2.0.0"), server.get(OtaServer.path(download.header("Location"))).body());
    JsonNode history = server.admin("GET", APK + "/history").json();
    assertEquals("2.0.0", history.get(0).path("version").asText());
    assertTrue(history.get(0).path("active").asBoolean());
    assertEquals("apk-2.1.0.apk", history.get(1).path("filename").asText());
  }

  @Test
  void package_thatWasDeleted_isGone() {
    uploadPackage("2.0.0");
    uploadPackage("2.1.0");

    Reply reply = server.admin("DELETE", APK + "/2.1.0");

    assertEquals("2.0.0", reply.json().at("/active/version").asText());
    assertEquals(404, server.get("/api/ota/apk/2.1.0").status());
    assertEquals(404, server.admin("DELETE", APK + "/9.9.9").status());
    server.admin("DELETE", APK + "/2.0.0");
    assertEquals(404, server.get("/api/ota/apk/latest").status());
  }

  @Test
  void package_withoutAField_namesIt() {
    assertTrue(server.uploadPackage(file(zip("x"))).field("error").contains("'version'"));
    assertTrue(server.uploadPackage(field("version", "2.0.0")).field("error").contains("'file'"));
    assertEquals(
        400,
        server
            .uploadPackage(
                file(zip("x")), field("version", "2.0.0"), field("checksum", "0".repeat(64)))
            .status());
  }
}
