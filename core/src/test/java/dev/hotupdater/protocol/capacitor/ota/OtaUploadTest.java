package dev.hotupdater.protocol.capacitor.ota;

import static dev.hotupdater.protocol.capacitor.ota.OtaServer.field;
import static dev.hotupdater.protocol.capacitor.ota.OtaServer.file;
import static dev.hotupdater.protocol.capacitor.ota.OtaServer.sha256;
import static dev.hotupdater.protocol.capacitor.ota.OtaServer.zip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.http.FormPart;
import dev.hotupdater.protocol.capacitor.ota.OtaServer.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtaUploadTest {
  private static final byte[] ZIP = zip("1.2.0");
  private static final int MAX_BYTES = 10_000;

  private OtaServer server;

  @BeforeEach
  void start(@TempDir Path directory) {
    server = OtaServer.start(directory, ota -> ota.maxUploadBytes(MAX_BYTES));
  }

  @AfterEach
  void stop() {
    try {
      assertEquals(List.of(), server.spooled(), "uploads left behind");
    } finally {
      server.close();
    }
  }

  private void assertRefused(int status, String word, FormPart... parts) {
    Reply reply = server.upload(parts);

    assertEquals(status, reply.status(), reply.text());
    assertTrue(reply.field("error").contains(word), reply.text());
    assertEquals(List.of(), server.history("?removed=true"));
  }

  /** As the script of the worker sends it, with what {@code bundle zip} has printed. */
  @Test
  void bundle_fileFirst_isPublished() {
    Reply reply =
        server.upload(
            file(ZIP),
            field("version", "1.2.0"),
            field("channel", "stable"),
            field("checksum", sha256(ZIP)));

    assertEquals(201, reply.status(), reply.text());
    JsonNode json = reply.json();
    assertEquals("1.2.0", json.path("version").asText());
    assertEquals("stable", json.path("channel").asText());
    assertEquals("stable-1.2.0.zip", json.path("key").asText());
    assertEquals(sha256(ZIP), json.path("checksum").asText());
    assertEquals(ZIP.length, json.path("size").asLong());
    assertEquals(OtaServer.ADDRESS + "/api/ota/bundle/stable-1.2.0.zip", json.path("url").asText());
    assertEquals("2026-03-13T12:00:00Z", json.path("updated").asText());
    assertTrue(json.path("active").asBoolean());
    assertEquals("no-store", reply.header("Cache-Control"));
    assertArrayEquals(ZIP, server.get(OtaServer.path(json.path("url").asText())).body());
  }

  @Test
  void bundle_fileLast_isPublishedTheSame() {
    Reply reply =
        server.upload(
            field("checksum", sha256(ZIP).toUpperCase(Locale.ROOT)),
            field("channel", "beta"),
            field("version", "1.2.0"),
            file(ZIP));

    assertEquals(201, reply.status(), reply.text());
    assertEquals("beta-1.2.0.zip", reply.field("key"));
    assertEquals(sha256(ZIP), reply.field("checksum"));
  }

  @Test
  void bundle_fileInTheMiddleAndUnknownFields_isPublished() {
    Reply reply =
        server.upload(
            field("unknown", "x"), field("version", "1.2.0"), file(ZIP), field("another", "y"));

    assertEquals(201, reply.status(), reply.text());
    assertEquals("stable", reply.field("channel"));
  }

  @Test
  void bundle_withBlankFields_isAsWithoutThem() {
    Reply reply =
        server.upload(
            file(ZIP),
            field("version", " 1.2.0\r\n"),
            field("channel", ""),
            field("checksum", ""),
            field("platform", " "),
            field("session_key", ""),
            field("mandatory", ""),
            field("rollout", ""));

    assertEquals(201, reply.status(), reply.text());
    assertEquals("stable-1.2.0.zip", reply.field("key"));
  }

  @Test
  void bundle_thatIsThereAlready_isFoundAgain() {
    server.upload(file(ZIP), field("version", "1.2.0"));
    server.upload("1.3.0");

    Reply again = server.upload(file(ZIP), field("version", "1.2.0"));

    assertEquals(200, again.status(), again.text());
    assertEquals(sha256(ZIP), again.field("checksum"));
    assertEquals("false", again.field("active"));
    assertEquals(List.of("1.3.0", "1.2.0"), server.history(""));
  }

  @Test
  void bundle_withOtherBytes_isAConflict() {
    server.upload(file(ZIP), field("version", "1.2.0"));

    Reply other = server.upload(file(zip("other")), field("version", "1.2.0"));

    assertEquals(409, other.status(), other.text());
    assertEquals(List.of("1.2.0"), server.history(""));
  }

  @Test
  void upload_withoutToken_isUnauthorized() {
    Reply reply =
        server.form("/api/ota/admin/ota/upload", Map.of(), file(ZIP), field("version", "1.2.0"));

    assertEquals(401, reply.status());
    assertEquals(List.of(), server.history(""));
  }

  @Test
  void upload_withoutAField_namesIt() {
    assertRefused(400, "'version'", file(ZIP));
    assertRefused(400, "'version'", file(ZIP), field("version", " "));
    assertRefused(400, "'file'", field("version", "1.2.0"));
    assertRefused(400, "'file'", file(new byte[0]), field("version", "1.2.0"));
    assertRefused(400, "'file'", field("file", "no file name"), field("version", "1.2.0"));
    assertRefused(400, "'version'");
  }

  @Test
  void upload_withAFieldTwice_namesIt() {
    assertRefused(
        400, "'version'", field("version", "1.2.0"), file(ZIP), field("version", "1.3.0"));
    assertRefused(400, "'file'", file(ZIP), file(ZIP), field("version", "1.2.0"));
  }

  @ParameterizedTest
  @CsvSource({
    "version,            1.2",
    "version,            ../1.2.0",
    "version,            1.2.0/..",
    "channel,            ../stable",
    "channel,            a/b",
    "channel,            ..",
    "channel,            a~b",
    "channel,            apk",
    "checksum,           abc",
    "checksum,           0000000000000000000000000000000000000000000000000000000000000000",
    "platform,           ../ios",
    "platform,           iOS",
    "key_id,             MIIBCgKCAQEA",
    "link,               javascript:alert(1)",
    "mandatory,          yes",
    "min_native_version, abc",
    "rollout,            1001",
    "rollout,            -1"
  })
  void upload_withAWrongField_namesIt(String name, String value) {
    FormPart[] parts =
        name.equals("version")
            ? new FormPart[] {file(ZIP), field(name, value)}
            : new FormPart[] {file(ZIP), field("version", "1.2.0"), field(name, value)};

    assertRefused(400, name.equals("key_id") ? "session_key" : name, parts);
  }

  @Test
  void encryptedUpload_withoutItsParts_namesThem() {
    String sessionKey = "A".repeat(22) + "==:" + "A".repeat(342) + "==";

    assertRefused(
        400, "'checksum'", file(ZIP), field("version", "1.2.0"), field("session_key", sessionKey));
    assertRefused(
        400,
        "'session_key'",
        file(ZIP),
        field("version", "1.2.0"),
        field("checksum", "ab".repeat(256)),
        field("session_key", ":"));
    assertRefused(
        400,
        "'checksum'",
        file(ZIP),
        field("version", "1.2.0"),
        field("checksum", sha256(ZIP)),
        field("session_key", sessionKey));
  }

  @Test
  void upload_withAnOverlongField_namesIt() {
    assertRefused(400, "'channel'", file(ZIP), field("channel", "a".repeat(300)));
    assertRefused(400, "'checksum'", file(ZIP), field("checksum", "a".repeat(1_000_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "C:\\bundle.zip", "..", "a\nb.zip", "x"})
  void fileName_ofTheUpload_doesNotMatter(String name) {
    Reply reply =
        server.upload(file(name, new ByteArrayInputStream(ZIP)), field("version", "1.2.0"));

    assertEquals(201, reply.status(), reply.text());
    assertEquals("stable-1.2.0.zip", reply.field("key"));
    assertEquals(
        "attachment; filename=\"stable-1.2.0.zip\"",
        server.get("/api/ota/bundle/stable-1.2.0.zip").header("Content-Disposition"));
  }

  @Test
  void upload_largerThanTheLimit_isTooLarge() {
    assertRefused(413, "larger", file(new byte[MAX_BYTES + 1]), field("version", "1.2.0"));
    assertRefused(413, "larger", field("other", "x".repeat(70_000)));
  }

  @Test
  void upload_withoutALimit_isTaken(@TempDir Path directory) {
    try (OtaServer unlimited =
        OtaServer.start(directory, ota -> ota.maxUploadBytes(Long.MAX_VALUE))) {
      Reply reply =
          unlimited.form(
              "/api/ota/admin/ota/upload",
              Map.of("Authorization", "Bearer " + OtaServer.TOKEN, "Content-Length", "1000"),
              file(ZIP),
              field("version", "1.2.0"));

      assertEquals(201, reply.status(), reply.text());
    }
  }

  @Test
  void upload_ofManyParts_isRefused() {
    FormPart[] parts = new FormPart[200];
    Arrays.fill(parts, field("x", ""));

    assertRefused(400, "parts", parts);
  }

  @Test
  void upload_thatBreaksOff_isRefused() {
    InputStream broken =
        new InputStream() {
          private int count;

          @Override
          public int read() throws IOException {
            if (++count > 100) {
              throw new IOException("reset by peer");
            }
            return 'x';
          }
        };

    assertRefused(400, "form", field("version", "1.2.0"), file("a.zip", broken));
  }

  @Test
  void upload_whenTheSpoolDirectoryIsMissing_isAnErrorWithoutInternals(@TempDir Path directory) {
    try (OtaServer other =
        OtaServer.start(directory, ota -> ota.spoolDirectory(directory.resolve("missing")))) {
      Reply reply = other.upload("1.2.0");

      assertEquals(500, reply.status());
      assertTrue(!reply.text().contains("missing"), reply.text());
    }
  }
}
