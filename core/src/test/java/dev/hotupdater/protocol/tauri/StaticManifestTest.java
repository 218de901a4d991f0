package dev.hotupdater.protocol.tauri;

import static dev.hotupdater.fixture.ReleaseFixture.app;
import static dev.hotupdater.fixture.ReleaseFixture.draft;
import static dev.hotupdater.fixture.ReleaseFixture.key;
import static dev.hotupdater.fixture.ReleaseFixture.pending;
import static dev.hotupdater.fixture.ReleaseFixture.published;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static dev.hotupdater.fixture.ReleaseFixture.signedBy;
import static dev.hotupdater.protocol.tauri.UpdateServer.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.TestServer;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manifest that is one file for everybody. */
class StaticManifestTest {
  private static final String LATEST = "/api/sync/ota/my-app/latest.json";

  private UpdateServer server;

  @BeforeEach
  void start(@TempDir Path directory) {
    server =
        new UpdateServer(
            directory,
            builder -> builder.publicUrl(URI.create(UpdateServer.ADDRESS)),
            TauriUpdateRoutes.at(UpdateServer.MOUNT));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer get(String path) {
    return TestServer.get(server.server(), path);
  }

  private String version() {
    Answer answer = get(LATEST);
    return answer.status() == 200 ? answer.json().path("version").asText() : "" + answer.status();
  }

  /** What stands under each key, by the artifact's signature. */
  private SortedMap<String, String> entries() {
    SortedMap<String, String> entries = new TreeMap<>();
    get(LATEST)
        .json()
        .path("platforms")
        .properties()
        .forEach(
            entry ->
                entries.put(
                    entry.getKey(),
                    entry.getValue().path("signature").asText().replace("signature of ", "")));
    return entries;
  }

  private static SortedMap<String, String> map(String... keysAndValues) {
    SortedMap<String, String> map = new TreeMap<>();
    for (String each : keysAndValues) {
      map.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
    }
    return map;
  }

  @Test
  void manifest_isWhatClientsRead() {
    Artifact appImage = ready("linux/x86_64/appimage");
    Release release =
        server.add(published("1.2.0", appImage, ready("windows/x86_64")).notes("What is new"));

    Answer answer = get(LATEST);

    List<String> names = new ArrayList<>();
    answer.json().fieldNames().forEachRemaining(names::add);
    JsonNode entry = answer.json().path("platforms").path("linux-x86_64-appimage");
    assertEquals(List.of("version", "notes", "pub_date", "platforms"), names);
    assertEquals("1.2.0", answer.json().path("version").asText());
    assertEquals("What is new", answer.json().path("notes").asText());
    assertEquals("2026-03-13T12:00:00Z", answer.json().path("pub_date").asText());
    assertEquals(
        START + "/download/" + release.id() + "/" + appImage.id(), entry.path("url").asText());
    assertEquals("signature of linux/x86_64/appimage", entry.path("signature").asText());
    assertEquals("appimage", entry.path("format").asText());
    assertEquals(
        START + "/download/" + release.id() + "/windows/x86_64",
        answer.json().path("platforms").path("windows-x86_64").path("url").asText());
    assertEquals(Optional.of("application/json"), answer.headers().first("Content-Type"));
    assertEquals(Optional.empty(), answer.headers().first("Vary"));
    assertEquals(
        304,
        TestServer.send(
                server.server(),
                "GET",
                LATEST,
                Map.of("If-None-Match", answer.headers().first("ETag").orElseThrow()),
                "")
            .status());
  }

  @Test
  void bundleTypes_haveKeysOfTheirOwn_andOneIsForOldClients() {
    server.add(
        published(
            "1.2.0",
            ready("linux/x86_64/deb"),
            ready("linux/x86_64/appimage/archive"),
            ready("linux/x86_64/appimage/file"),
            ready("windows/x86_64/msi"),
            ready("windows/x86_64/nsis"),
            ready("windows/aarch64/msi"),
            pending("linux/aarch64/deb")));

    assertEquals(
        map(
            "linux-x86_64=linux/x86_64/appimage/file",
            "linux-x86_64-appimage=linux/x86_64/appimage/file",
            "linux-x86_64-deb=linux/x86_64/deb",
            "windows-x86_64=windows/x86_64/nsis",
            "windows-x86_64-msi=windows/x86_64/msi",
            "windows-x86_64-nsis=windows/x86_64/nsis",
            "windows-aarch64=windows/aarch64/msi",
            "windows-aarch64-msi=windows/aarch64/msi"),
        entries());
  }

  @Test
  void universalArtifact_isThereForEveryProcessor() {
    server.add(published("1.2.0", ready("darwin/universal/app"), ready("darwin/x86_64/app")));

    assertEquals(
        map(
            "darwin-aarch64=darwin/universal/app",
            "darwin-aarch64-app=darwin/universal/app",
            "darwin-universal=darwin/universal/app",
            "darwin-universal-app=darwin/universal/app",
            "darwin-x86_64=darwin/x86_64/app",
            "darwin-x86_64-app=darwin/x86_64/app",
            "macos-aarch64=darwin/universal/app",
            "macos-universal=darwin/universal/app",
            "macos-x86_64=darwin/x86_64/app"),
        entries());
  }

  @Test
  void ownTarget_thatIsCalledLikeAnotherNameOfASystem_isWhatItsKeyMeans() {
    server.add(
        published("1.2.0", ready("macos-universal/universal"), ready("darwin/universal/app")));

    assertEquals("macos-universal/universal", entries().get("macos-universal"));
  }

  @ParameterizedTest
  @CsvSource({
    "macos-universal/universal, macos-universal, macos-universal-universal",
    "macos-universal/aarch64, macos-universal, macos-universal-aarch64",
    "kiosk/armv7//archive, kiosk, kiosk-armv7"
  })
  void ownTarget_standsUnderItsExactName(String parts, String key, String longKey) {
    server.add(published("1.2.0", ready(parts)));

    assertEquals(map(key + "=" + parts, longKey + "=" + parts), entries());
  }

  @Test
  void ownTargetWithBundleType_standsUnderItsExactName() {
    server.add(published("1.2.0", ready("macos-universal/universal/app")));

    assertEquals(
        map(
            "macos-universal=macos-universal/universal/app",
            "macos-universal-universal=macos-universal/universal/app",
            "macos-universal-universal-app=macos-universal/universal/app"),
        entries());
  }

  @Test
  void ownTargetOfTwoProcessors_hasNoShortName() {
    server.add(published("1.2.0", ready("kiosk/armv7"), ready("kiosk/x86_64")));

    assertEquals(map("kiosk-armv7=kiosk/armv7", "kiosk-x86_64=kiosk/x86_64"), entries());
  }

  @Test
  void artifactWithoutUsableSignature_isLeftOut() {
    server.register(app(key("A")));
    server.add(
        published(
            "1.2.0",
            ready("linux/x86_64/appimage/file", signedBy("B")),
            ready("linux/x86_64/appimage/archive", signedBy("A")),
            ready("windows/x86_64", new ArtifactSignature("unverified", Optional.empty())),
            ready("darwin/aarch64", new ArtifactSignature[0])));

    assertEquals(
        map("linux-x86_64=signature by A", "linux-x86_64-appimage=signature by A"), entries());
  }

  @Test
  void releaseThatIsNotForEverybody_isPassedOver() {
    assertEquals("404", version());
    server.add(published("1.0.0", ready("linux/x86_64")));
    server.add(draft("1.6.0", ready("linux/x86_64")));
    server.add(published("1.5.0", ready("linux/x86_64")).rollout(Rollout.of(999)));
    server.add(
        published("1.4.0", ready("linux/x86_64"))
            .minAppVersion(Optional.of(ReleaseVersion.of("1.0.0"))));
    server.add(published("1.3.0", ready("linux/x86_64", new ArtifactSignature[0])));
    server.add(published("1.2.0", pending("linux/x86_64")));
    Release last = server.add(published("1.1.0", ready("linux/x86_64")));

    assertEquals("1.1.0", version());

    server.change(last, Release::yanked);

    assertEquals("1.0.0", version());
  }

  @Test
  void channels_haveFilesOfTheirOwn() {
    server.add(published("1.0.0", ready("linux/x86_64")));
    server.add(published("2.0.0-beta.1", ready("linux/x86_64")).channel("beta"));

    assertEquals("1.0.0", version());
    assertEquals(
        "1.0.0", get("/api/sync/ota/my-app/stable/latest.json").json().path("version").asText());
    assertEquals(
        "2.0.0-beta.1",
        get("/api/sync/ota/my-app/beta/latest.json").json().path("version").asText());
    assertEquals(404, get("/api/sync/ota/my-app/other/latest.json").status());
    assertEquals(404, get("/api/sync/ota/other-app/latest.json").status());
    assertFalse(get("/api/sync/ota/my-app/other/latest.json").error().isEmpty());
  }

  @Test
  void change_isToldAtOnce() {
    Release release = server.add(published("1.0.0", ready("linux/x86_64")));
    assertEquals(1, entries().size());

    server.change(release, each -> each.withArtifact(ready("windows/x86_64")));

    assertEquals(2, entries().size());
  }

  @Test
  void changeOfKeys_eachFileIsForTheClientsOfTheVersionBefore() {
    server.register(app(key("A"), key("B", "2.0.0")));
    ArtifactSignature[] both = {signedBy("A"), signedBy("B")};

    server.add(published("1.0.0", ready("linux/x86_64", both)));
    assertEquals(map("linux-x86_64=signature by A"), entries());
    server.add(published("2.0.0", ready("linux/x86_64", both)));
    assertEquals(map("linux-x86_64=signature by A"), entries());
    server.add(published("2.1.0", ready("linux/x86_64", both)));
    assertEquals(map("linux-x86_64=signature by B"), entries());

    server.register(app(key("A"), key("B", "3.0.0")));
    assertEquals(map("linux-x86_64=signature by A"), entries());
  }

  /** Every kind of client reads the file, and installs what is meant for it. */
  @ParameterizedTest
  @CsvSource({
    "linux, x86_64, appimage, linux/x86_64/appimage/file",
    "linux, x86_64, deb, linux/x86_64/deb",
    "linux, x86_64, none, linux/x86_64/appimage/file",
    "windows, x86_64, msi, windows/x86_64/msi",
    "windows, x86_64, none, windows/x86_64/nsis",
    "darwin, aarch64, app, darwin/universal/app",
    "darwin, x86_64, none, darwin/universal/app"
  })
  void client_installsFromTheFile(String os, String arch, String bundleType, String expected) {
    TestSigner signer = TestSigner.create("KEY-ONE1");
    server.register(app(signer.key(Optional.empty())));
    server.add(
        published("1.2.0")
            .artifacts(
                Stream.of(
                        "linux/x86_64/appimage/file",
                        "linux/x86_64/deb",
                        "windows/x86_64/msi",
                        "windows/x86_64/nsis",
                        "darwin/universal/app")
                    .map(each -> server.uploadSigned(each, each, signer, "KEY-ONE1"))
                    .toList()));
    StrictTauriClient client =
        new StrictTauriClient(server.web())
            .endpoint(UpdateServer.ADDRESS + LATEST)
            .builtWith(signer.publicKey())
            .on(os, arch);
    client = bundleType.equals("none") ? client.early() : client.installedAs(bundleType);

    byte[] installed = client.download(client.check().orElseThrow());

    assertEquals(expected, new String(installed, StandardCharsets.UTF_8));
    assertEquals(Optional.empty(), client.running("1.2.0").check());
  }

  @Test
  void clientOfOwnTarget_findsItsKey() {
    server.add(published("1.2.0", ready("macos-universal/universal")));

    assertEquals(
        "signature of macos-universal/universal",
        new StrictTauriClient(server.web())
            .endpoint(UpdateServer.ADDRESS + LATEST)
            .on("darwin", "aarch64")
            .askingFor("macos-universal")
            .check()
            .orElseThrow()
            .signature());
  }
}
