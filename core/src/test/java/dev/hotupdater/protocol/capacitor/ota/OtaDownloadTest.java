package dev.hotupdater.protocol.capacitor.ota;

import static dev.hotupdater.protocol.capacitor.ota.OtaServer.sha256;
import static dev.hotupdater.protocol.capacitor.ota.OtaServer.zip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.protocol.capacitor.ota.OtaServer.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtaDownloadTest {
  private static final String PATH = "/api/ota/bundle/stable-1.2.0.zip";
  private static final byte[] ZIP = zip("1.2.0");
  private static final int SIZE = ZIP.length;
  private static final String TAG = '"' + sha256(ZIP) + '"';

  private OtaServer server;

  @BeforeEach
  void start(@TempDir Path directory) {
    server = OtaServer.start(directory);
    server.upload("1.2.0");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Reply range(String range) {
    return server.get(PATH, Map.of("Range", range));
  }

  private static void assertPart(int first, int last, Reply reply) {
    assertEquals(206, reply.status());
    assertEquals("bytes " + first + "-" + last + "/" + SIZE, reply.header("Content-Range"));
    assertArrayEquals(Arrays.copyOfRange(ZIP, first, last + 1), reply.body());
    assertEquals(TAG, reply.header("ETag"));
  }

  private static void assertWhole(Reply reply) {
    assertEquals(200, reply.status());
    assertArrayEquals(ZIP, reply.body());
    assertEquals("", reply.header("Content-Range"));
  }

  @Test
  void bundle_isItsBytes() {
    Reply reply = server.get(PATH);

    assertWhole(reply);
    assertEquals(TAG, reply.header("ETag"));
    assertEquals("application/zip", reply.header("Content-Type"));
    assertEquals("bytes", reply.header("Accept-Ranges"));
    assertEquals("", reply.header("Content-Encoding"));
  }

  @Test
  void range_isItsPart() {
    assertPart(10, 19, range("bytes=10-19"));
    assertPart(SIZE - 5, SIZE - 1, range("bytes=-5"));
    assertPart(7, SIZE - 1, range("bytes=7-"));
    assertPart(7, SIZE - 1, range("bytes=7-999999"));
  }

  @Test
  void range_behindTheEnd_isNotSatisfiable() {
    Reply reply = range("bytes=" + SIZE + "-");

    assertEquals(416, reply.status());
    assertEquals("bytes */" + SIZE, reply.header("Content-Range"));
  }

  @Test
  void ranges_ofSeveralParts_areTheWhole() {
    assertWhole(range("bytes=0-1,5-6"));
  }

  @Test
  void ifRange_decidesBetweenPartAndWhole() {
    assertPart(1, 2, server.get(PATH, Map.of("Range", "bytes=1-2", "If-Range", TAG)));
    assertWhole(server.get(PATH, Map.of("Range", "bytes=1-2", "If-Range", "\"other\"")));
  }

  @Test
  void ifNoneMatch_ofTheSame_isNotModified() {
    assertEquals(304, server.get(PATH, Map.of("If-None-Match", TAG)).status());
  }

  @Test
  void head_isTheHeadersAlone() {
    Reply reply = server.send(OtaServer.request("HEAD", PATH, Map.of()).build());

    assertEquals(200, reply.status());
    assertEquals(TAG, reply.header("ETag"));
    assertEquals("bytes", reply.header("Accept-Ranges"));
    assertEquals(
        SIZE,
        server.server.handle(OtaServer.request("HEAD", PATH, Map.of()).build()).body().length());
  }

  /** As the plugin does, which adds what it gets to what it has. */
  @Test
  void download_thatGoesOn_isIdentical() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (bytes.size() < SIZE) {
      Reply rest = range("bytes=" + bytes.size() + "-");
      assertEquals(206, rest.status());
      bytes.write(rest.body(), 0, Math.min(30, rest.body().length));
    }

    assertArrayEquals(ZIP, bytes.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stable-9.9.9.zip",
        "beta-1.2.0.zip",
        "stable~1.2.0~any.zip",
        "stable~1.2.0~ios.zip",
        "stable-1.2.0",
        "..%2Fstable-1.2.0.zip",
        "apk-1.2.0.apk"
      })
  void key_ofNothing_isNotFound(String key) {
    assertEquals(404, server.get("/api/ota/bundle/" + key).status());
  }

  @Test
  void version_withBuildMetadata_isFoundUnderItsAddress() {
    Reply uploaded = server.upload("1.3.0+7");

    assertEquals(OtaServer.ADDRESS + "/api/ota/bundle/stable-1.3.0%2B7.zip", uploaded.field("url"));
    assertArrayEquals(zip("1.3.0+7"), server.get(OtaServer.path(uploaded.field("url"))).body());
    assertArrayEquals(zip("1.3.0+7"), server.get("/api/ota/bundle/stable-1.3.0+7.zip").body());
  }

  @Test
  void channelsThatLookTheSame_haveBundlesOfTheirOwn() {
    String one = server.upload("a", "1.0.0-2.0.0").field("url");
    String other = server.upload("a-1.0.0", "2.0.0").field("url");

    assertArrayEquals(zip("1.0.0-2.0.0"), server.get(OtaServer.path(one)).body());
    assertArrayEquals(zip("2.0.0"), server.get(OtaServer.path(other)).body());
  }

  @Test
  void bundle_thatWasDeleted_isGone() {
    server.admin("DELETE", "/api/ota/admin/ota/stable/1.2.0");

    Reply reply = server.get(PATH);

    assertEquals(404, reply.status());
    assertEquals("no-store", reply.header("Cache-Control"));
    assertTrue(!reply.field("error").isEmpty());
  }
}
