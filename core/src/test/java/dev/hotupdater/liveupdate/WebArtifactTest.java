package dev.hotupdater.liveupdate;

import static dev.hotupdater.fixture.ReleaseFixture.pending;
import static dev.hotupdater.fixture.ReleaseFixture.published;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.liveupdate.FileManifest.Entry;
import dev.hotupdater.liveupdate.FileManifest.Packed;
import dev.hotupdater.liveupdate.WebArtifact.Encryption;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of web bundles, and of their files. */
class WebArtifactTest {
  private static final String HASH = "ab".repeat(32);

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void artifact_writtenAndRead_isTheSame() {
    for (WebArtifact web :
        List.of(
            new WebArtifact("0a1b2c3d", Optional.empty(), Optional.empty(), Optional.empty()),
            new WebArtifact("0a1b2c3d", Optional.empty(), Optional.empty(), Optional.of("www")),
            new WebArtifact(
                "0a1b2c3d",
                Optional.of(new Encryption("iv:key", "c0ffee", Optional.empty())),
                Optional.empty(),
                Optional.empty()),
            new WebArtifact(
                "0a1b2c3d",
                Optional.of(new Encryption("iv:key", "c0ffee", Optional.of("MIIB"))),
                Optional.of("s3://b/manifest.json"),
                Optional.empty()))) {
      assertEquals(web, WebArtifact.of(ready("any/web").withMetadata(web.toMetadata())));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | web.crc32",
        "{\"web\":[]} | web",
        "{\"web\":{\"crc32\":1}} | web.crc32",
        "{\"web\":{\"crc32\":\"a\",\"session_key\":\"k\"}} | web.checksum",
        "{\"web\":{\"crc32\":\"a\",\"manifest_uri\":1}} | web.manifest_uri",
        "{\"web\":{\"crc32\":\"a\",\"root_folder\":1}} | web.root_folder"
      })
  void of_metadataOfSomethingElse_namesTheField(String metadata, String named) {
    assertEquals(
        named,
        assertThrows(
                InvalidReleaseException.class,
                () ->
                    WebArtifact.of(
                        ready("any/web").withMetadata(Metadata.parse(metadata).orElseThrow())))
            .field());
  }

  @Test
  void in_release_isTheReadyOneOfThePlatformOrElseOfAll() {
    Release release =
        published(
                "1.0.0",
                ready("any/web"),
                ready("ios/web"),
                pending("android/web"),
                ready("electron/x86_64"))
            .build();

    assertEquals("ios", WebArtifact.in(release, "ios").orElseThrow().target().target());
    assertEquals("any", WebArtifact.in(release, "android").orElseThrow().target().target());
    assertEquals("any", WebArtifact.in(release, "electron").orElseThrow().target().target());
    assertTrue(WebArtifact.isIn(release));
    assertFalse(WebArtifact.isIn(published("1.0.0", ready("android/apk")).build()));
    assertEquals(
        Optional.empty(), WebArtifact.in(published("1.0.0", ready("ios/web")).build(), "any"));
  }

  @Test
  void manifest_writtenAndRead_isTheSame() {
    FileManifest manifest =
        new FileManifest(
            List.of(
                new Entry("index.html", HASH, 0, "s3://b/0", Optional.empty()),
                new Entry(
                    "assets/a b \u00e4.js",
                    HASH,
                    Long.MAX_VALUE,
                    "s3://b/1",
                    Optional.of(new Packed("s3://b/1.br", 17)))));

    String written = manifest.toJson().toString();

    assertEquals(manifest, FileManifest.read(json(written)));
    assertEquals(written, FileManifest.read(json(written)).toJson().toString());
    assertEquals(List.of(), FileManifest.read(json("{}")).files());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"files\":{}} | files",
        "{\"files\":[1]} | files[0]",
        "{\"files\":[{}]} | files[0].path",
        "{\"files\":[{\"path\":\"a\",\"sha256\":\"b\",\"uri\":\"c\"}]} | files[0].size",
        "{\"files\":[{\"path\":\"a\",\"sha256\":\"b\",\"size\":1.5,\"uri\":\"c\"}]} |"
            + " files[0].size",
        "{\"files\":[{\"path\":\"a\",\"sha256\":\"b\",\"size\":1}]} | files[0].uri",
        "{\"files\":[{\"path\":\"a\",\"sha256\":\"b\",\"size\":1,\"uri\":\"c\","
            + "\"brotli_uri\":\"d\"}]} | files[0].brotli_size",
        "[] | body"
      })
  void manifest_thatIsNone_namesTheField(String text, String named) {
    assertEquals(
        named,
        assertThrows(InvalidReleaseException.class, () -> FileManifest.read(json(text))).field());
  }
}
