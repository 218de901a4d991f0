package dev.hotupdater.protocol.capacitor;

import static dev.hotupdater.protocol.capacitor.CapgoServer.compressed;
import static dev.hotupdater.protocol.capacitor.CapgoServer.device;
import static dev.hotupdater.protocol.capacitor.CapgoServer.electron;
import static dev.hotupdater.protocol.capacitor.CapgoServer.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.liveupdate.WebArtifact.Encryption;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.StorageUri;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles whose files devices load one by one, and how large those are. */
class ManifestTest {
  @TempDir Path directory;
  private CapgoServer server;

  @BeforeEach
  void start() {
    server = new CapgoServer(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void manifest_hasAllFiles_compressedOnesUnderTheirOtherName() {
    server.publish("1.2.0", server.listed(file("index.html", "a"), compressed("js/app.js", "b")));

    JsonNode answer = server.check(device());

    JsonNode manifest = answer.path("manifest");
    assertEquals(2, manifest.size());
    assertEquals("index.html", manifest.path(0).path("file_name").textValue());
    assertEquals("a".repeat(64), manifest.path(0).path("file_hash").textValue());
    assertEquals("https://cdn.test/files/a", manifest.path(0).path("download_url").textValue());
    assertEquals("js/app.js.br", manifest.path(1).path("file_name").textValue());
    assertEquals("b".repeat(64), manifest.path(1).path("file_hash").textValue());
    assertEquals("https://cdn.test/files/b.br", manifest.path(1).path("download_url").textValue());
    manifest.forEach(
        file ->
            assertEquals(
                List.of("file_name", "file_hash", "download_url"), CapgoServer.names(file)));
    assertTrue(answer.path("url").textValue().endsWith(".zip"));
  }

  @Test
  void fileName_isNotEncoded_itsAddressIs() {
    server
        .cloud()
        .addressing(
            (uri, context) ->
                DownloadAddress.permanent("https://cdn.test/" + StorageUri.encodePath(uri.key())));
    server.publish("1.2.0", server.listed(file("größe 1.png", "a b")));

    JsonNode file = server.check(device()).path("manifest").path(0);

    assertEquals("größe 1.png", file.path("file_name").textValue());
    assertEquals("https://cdn.test/files/a%20b", file.path("download_url").textValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"data.br", "../up.js", "a/../b.js", "a\\b.js", "/root.js", "index.html"})
  void bundleWithAFileThatCannotBeTold_isAZipAlone(String path) {
    server.publish("1.2.0", server.listed(file("index.html", "a"), file(path, "b")));

    JsonNode answer = server.check(device());

    assertEquals("1.2.0", answer.path("version").textValue());
    assertFalse(answer.has("manifest"));
  }

  @Test
  void manifestWithoutFiles_isNotThere() {
    server.publish("1.2.0", server.listed());

    assertFalse(server.check(device()).has("manifest"));
  }

  @ParameterizedTest
  @CsvSource({"manifests/gone, ''", "manifests/broken, '{\"files\":[{}]}'"})
  void manifestThatCannotBeRead_leavesTheZip(String key, String content) {
    if (!content.isEmpty()) {
      server.cloud().put(key, content);
    }
    server.publish("1.2.0", CapgoServer.listedAt(key));

    JsonNode answer = server.check(device());

    assertEquals("1.2.0", answer.path("version").textValue());
    assertFalse(answer.has("manifest"));
  }

  @Test
  void encryptedBundle_isAZipAlone() {
    server.cloud().put("manifests/one", "{\"files\":[]}");
    Encryption encryption =
        new Encryption(CapgoServer.SESSION_KEY, "0f".repeat(256), Optional.empty());
    server.publish("1.2.0", encryptedAt("manifests/one", encryption));

    JsonNode answer = server.check(device());

    assertEquals("1.2.0", answer.path("version").textValue());
    assertFalse(answer.has("manifest"));
    assertEquals(0, server.cloud().opened());
  }

  @Test
  void electron_getsTheZipAlone() {
    server.publish("1.2.0", server.listed(file("index.html", "a")));

    JsonNode answer = server.check(electron());

    assertEquals(List.of("version", "url", "checksum"), CapgoServer.names(answer));
  }

  private static Artifact encryptedAt(String key, Encryption encryption) {
    return CapgoServer.bundle(
        WebArtifact.ANY_PLATFORM,
        new WebArtifact(
            "00000000",
            Optional.of(encryption),
            Optional.of("s3://bucket/" + key),
            Optional.empty()));
  }

  @Test
  void sizes_areThoseOfTheRelease_andNothingIsFetched() {
    server.publish("1.2.0", server.listed(file("index.html", "a"), compressed("js/app.js", "b")));
    ObjectNode asked = device().put("version", "1.2.0");
    ArrayNode files = asked.putArray("manifest");
    ask(files, "index.html", "a", "http://169.254.169.254/latest/meta-data");
    ask(files, "js/app.js.br", "b", "http://localhost:1/");
    ask(files, "js/app.js", "b", "https://cdn.test/files/b");
    files.add("not an object");

    JsonNode answer = server.post("/updates/manifest_size", asked).json();

    assertEquals(4_100, answer.path("totalSize").intValue());
    assertEquals(2, answer.path("knownFiles").intValue());
    assertEquals(2, answer.path("unknownFiles").intValue());
    JsonNode first = answer.path("files").path(0);
    assertEquals(100, first.path("size").intValue());
    assertEquals("http://169.254.169.254/latest/meta-data", first.path("download_url").textValue());
    assertEquals("unknown_file", answer.path("files").path(2).path("error").textValue());
    assertFalse(answer.path("files").path(2).has("size"));
    assertEquals(0, server.cloud().addresses());
    assertEquals(1, server.cloud().opened());
  }

  @ParameterizedTest
  @CsvSource({"1.3.0", "''"})
  void sizesOfAVersionThatIsNotThere_areUnknown(String version) {
    server.publish("1.2.0", server.listed(file("index.html", "a")));
    ObjectNode asked = device().put("version", version);
    ask(asked.putArray("manifest"), "index.html", "a", "");

    JsonNode answer = server.post("/updates/manifest_size", asked).json();

    assertEquals(0, answer.path("totalSize").intValue());
    assertEquals(1, answer.path("unknownFiles").intValue());
  }

  @Test
  void sizesOfMoreFilesThanABundleCanHave_areNotLookedFor() {
    String zeros = "0,".repeat(999_999) + "0";

    Answer answer = server.send("POST", "/updates/manifest_size", askedFor(zeros));

    assertEquals(400, answer.status());
    assertEquals("too_many_files", answer.error());
    assertTrue(answer.text().length() < 1_000, () -> "" + answer.text().length());
  }

  @Test
  void sizesOfWhatIsNoFile_areCountedAlone() {
    String zeros = "0,".repeat(ManifestSizeHandler.MAX_FILES - 1) + "0";

    Answer answer = server.send("POST", "/updates/manifest_size", askedFor(zeros));

    assertEquals(200, answer.status());
    assertEquals(ManifestSizeHandler.MAX_FILES, answer.json().path("unknownFiles").intValue());
    assertEquals(0, answer.json().path("files").size());
    assertTrue(answer.text().length() < 1_000, () -> "" + answer.text().length());
  }

  private static String askedFor(String elements) {
    String device = device().put("version", "1.2.0").toString();
    return device.substring(0, device.length() - 1) + ",\"manifest\":[" + elements + "]}";
  }

  private static void ask(ArrayNode files, String name, String hash, String url) {
    files
        .addObject()
        .put("file_name", name)
        .put("file_hash", hash.repeat(64))
        .put("download_url", url);
  }
}
