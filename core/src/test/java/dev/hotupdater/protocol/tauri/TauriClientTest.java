package dev.hotupdater.protocol.tauri;

import static dev.hotupdater.fixture.ReleaseFixture.app;
import static dev.hotupdater.fixture.ReleaseFixture.published;
import static dev.hotupdater.protocol.tauri.UpdateServer.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.http.HttpHandler;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.protocol.tauri.StrictTauriClient.Failed;
import dev.hotupdater.protocol.tauri.StrictTauriClient.Update;
import dev.hotupdater.protocol.tauri.Web.Exchange;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A strict client finds, downloads and verifies what is meant for it. */
class TauriClientTest {
  private static final String KEY_ID = "KEY-ONE1";
  private static final String BUNDLE_ENDPOINT =
      START + "/{{target}}/{{arch}}/{{bundle_type}}/{{current_version}}";

  private final TestSigner signer = TestSigner.create(KEY_ID);
  private UpdateServer server;

  @BeforeEach
  void start(@TempDir Path directory) {
    server = new UpdateServer(directory, TauriUpdateRoutes.at(UpdateServer.MOUNT));
    server.register(app(signer.key(Optional.empty())));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Release publish(String version, String... parts) {
    return server.add(
        published(version)
            .artifacts(
                List.of(parts).stream()
                    .map(each -> server.uploadSigned(each, each + version, signer, KEY_ID))
                    .toList()));
  }

  /** The content of what a client installs, or {@code nothing}. */
  private static String install(StrictTauriClient client) {
    return client
        .check()
        .map(update -> new String(client.download(update), StandardCharsets.UTF_8))
        .orElse("nothing");
  }

  private StrictTauriClient client() {
    return server.client().builtWith(signer.publicKey());
  }

  private StrictTauriClient client(String endpoint) {
    return new StrictTauriClient(server.web()).endpoint(endpoint).builtWith(signer.publicKey());
  }

  @Test
  void update_isFoundDownloadedAndVerified() {
    publish("1.2.0", "linux/x86_64", "darwin/aarch64");

    assertEquals("linux/x86_641.2.0", install(client()));
    assertEquals("darwin/aarch641.2.0", install(client().on("darwin", "aarch64")));
    assertEquals("nothing", install(client().on("windows", "x86_64")));
    assertEquals("nothing", install(client().running("1.2.0")));
    assertEquals("nothing", install(client().running("2.0.0")));
  }

  /** Each client of every generation gets what it can install, and nothing else. */
  @ParameterizedTest
  @CsvSource({
    "2, linux, appimage, linux/x86_64/appimage/file",
    "2, linux, deb, linux/x86_64/deb",
    "2, linux, rpm, nothing",
    "2, linux, unknown, linux/x86_64/appimage/file",
    "2, windows, nsis, windows/x86_64/nsis/file",
    "2, windows, msi, windows/x86_64/msi/file",
    "2, darwin, app, darwin/universal/app",
    "2.0, linux, none, linux/x86_64/appimage/file",
    "2.0, windows, none, windows/x86_64/nsis/file",
    "1, linux, none, linux/x86_64/appimage/archive",
    "1, windows, none, windows/x86_64/nsis/archive",
    "1, darwin, none, darwin/universal/app"
  })
  void everyGeneration_getsItsOwnPackage(
      String generation, String os, String bundleType, String expected) {
    publish(
        "1.2.0",
        "linux/x86_64/appimage/archive",
        "linux/x86_64/appimage/file",
        "linux/x86_64/deb",
        "windows/x86_64/msi/file",
        "windows/x86_64/nsis/archive",
        "windows/x86_64/nsis/file",
        "darwin/universal/app");
    StrictTauriClient client = client(BUNDLE_ENDPOINT).on(os, "x86_64");
    switch (generation) {
      case "1" -> client.version1();
      case "2.0" -> client.early();
      default -> client.installedAs(bundleType);
    }

    String installed = install(client);

    assertEquals(expected.equals("nothing") ? expected : expected + "1.2.0", installed);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0.0+1, 1.0.0+2",
    "1.0.0+9, 1.0.0+10",
    "1.0.0, 1.0.0+1",
    "1.0.0-beta.2, 1.0.0-beta.11",
    "1.0.0-rc.1, 1.0.0"
  })
  void versionWithMoreThanNumbers_isUpdatedByEveryGeneration(String current, String next) {
    publish(next, "linux/x86_64");

    assertEquals("linux/x86_64" + next, install(client().running(current)));
    assertEquals("linux/x86_64" + next, install(client().running(current).version1()));
    assertEquals("nothing", install(client().running(next)));
    assertEquals("nothing", install(client().running(next).version1()));
  }

  @Test
  void clientOfOwnTarget_getsThatAlone() {
    publish("1.2.0", "macos-universal/universal", "darwin/aarch64");
    StrictTauriClient mac = client().on("darwin", "aarch64").askingFor("macos-universal");

    assertEquals("macos-universal/universal1.2.0", install(mac));
    assertEquals("darwin/aarch641.2.0", install(client().on("darwin", "aarch64")));
  }

  @Test
  void nothingNewer_endsTheSearch() {
    publish("1.0.0", "linux/x86_64");
    StrictTauriClient client = client().endpoint("https://fallback.example.com/latest.json");
    server.web().host("https://fallback.example.com", request -> neverAsked());

    assertEquals(Optional.empty(), client.check());
  }

  private static HttpResponse neverAsked() {
    throw new AssertionError("A client that was told of nothing asks nobody else");
  }

  /** With every answer but 200 and 204 a client goes on, so an app that is not here is no 204. */
  @Test
  void unknownAppAndBadVersion_leadToTheNextEndpoint() {
    publish("1.2.0", "linux/x86_64");
    StrictTauriClient client =
        client(START.replace("my-app", "other-app") + "/{{target}}/{{arch}}/{{current_version}}")
            .endpoint(START + "/{{target}}/{{arch}}/not-{{current_version}}")
            .endpoint("https://no-such-host.example.com/")
            .endpoint(START + "/{{target}}/{{arch}}/{{current_version}}");

    assertEquals("linux/x86_641.2.0", install(client));
    assertEquals(
        List.of(404, 400, 200),
        server.web().exchanges().stream().limit(3).map(each -> each.reply().status()).toList());
  }

  /** That the client of these tests is as strict as the real one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not JSON | <html>",
        "not JSON | ''",
        "version | {}",
        "duplicate | {'version':'2.0.0','name':'2.0.0','url':'https://x/','signature':''}",
        "invalid version | {'version':'2.0','url':'https://x/','signature':''}",
        "signature | {'version':'2.0.0','url':'https://x/','signature':null}",
        "relative | {'version':'2.0.0','url':'/x','signature':''}",
        "pub_date | {'version':'2.0.0','pub_date':'','url':'https://x/','signature':''}",
        "pub_date | {'version':'2.0.0','pub_date':'2026-03-13T12:00Z','url':'https://x/',"
            + "'signature':''}",
        "platforms | {'version':'2.0.0','platforms':{},'url':'https://x/','signature':''}",
        "url | {'version':'2.0.0','platforms':{'linux-x86_64':{'url':'https://x/','signature':''},"
            + "'other':{'signature':''}}}"
      })
  void clientOfTheseTests_isStrict(String message, String body) {
    HttpHandler bad = request -> HttpResponse.json(200, body.replace('\'', '"'));
    server.web().host("https://bad.example.com", bad);

    Failed failed = assertThrows(Failed.class, () -> client("https://bad.example.com/").check());

    assertTrue(String.valueOf(failed.getMessage()).contains(message), failed.getMessage());
  }

  @Test
  void headersOfTheApp_comeWithTheDownload_butCredentialsStayHere() {
    String content = "bytes of app.bin";
    server.add(
        published(
            "1.2.0",
            UpdateServer.inCloud(
                "linux/x86_64",
                "app.bin",
                new ArtifactSignature(
                    signer.sign(content.getBytes(StandardCharsets.UTF_8), "timestamp:1"),
                    Optional.of(KEY_ID)))));
    StrictTauriClient client =
        client().header("Authorization", "Bearer secret").header("X-License", "license");

    assertEquals(content, install(client));

    List<Exchange> exchanges = server.web().exchanges();
    assertEquals(
        List.of(200, 302, 200), exchanges.stream().map(each -> each.reply().status()).toList());
    assertEquals("Bearer secret", exchanges.get(1).headers().get("Authorization"));
    assertFalse(exchanges.get(2).headers().containsKey("Authorization"));
    assertEquals("license", exchanges.get(2).headers().get("X-License"));
    assertEquals("cdn.test", exchanges.get(2).uri().getHost());
  }

  @Test
  void update_canBeDownloadedLongAfterTheCheck_alsoWhenTakenBack() {
    Release release = publish("1.2.0", "linux/x86_64");
    StrictTauriClient client = client();
    Update update = client.check().orElseThrow();

    server.change(release, Release::yanked);

    assertEquals("linux/x86_641.2.0", new String(client.download(update), StandardCharsets.UTF_8));
    assertEquals(Optional.empty(), client.check());
  }

  @Test
  void changeOfKeys_everyClientVerifiesWhatItGets() {
    TestSigner next = TestSigner.create("KEY-TWO2");
    VerificationKey newKey = next.key(Optional.of("2.0.0"));
    server.register(app(signer.key(Optional.empty()), newKey));
    byte[] bytes = "both".getBytes(StandardCharsets.UTF_8);
    server.add(
        published(
            "2.0.0",
            server.upload(
                "linux/x86_64",
                "both",
                new ArtifactSignature(next.sign(bytes, "timestamp:1"), Optional.of(newKey.id())),
                new ArtifactSignature(signer.sign(bytes, "timestamp:1"), Optional.of(KEY_ID)))));
    server.add(published("2.1.0", server.uploadSigned("linux/x86_64", "new", next, newKey.id())));

    assertEquals("both", install(client().running("1.0.0")));
    assertEquals("new", install(client().running("2.0.0").builtWith(next.publicKey())));
    assertEquals("nothing", install(client().running("2.1.0").builtWith(next.publicKey())));
  }

  @Test
  void signedVersion_isTheAnnouncedOne() {
    byte[] bytes = "signed".getBytes(StandardCharsets.UTF_8);
    String signature = signer.sign(bytes, "timestamp:1\tfile:a\tversion:1.2.0+7");
    server.add(
        published(
            "1.2.0+7",
            server.upload(
                "linux/x86_64", "signed", new ArtifactSignature(signature, Optional.of(KEY_ID)))));

    assertEquals("signed", install(client().requiringSignedVersion()));
  }

  @Test
  void whatElseIsKnown_reachesTheApp() {
    server.add(
        published("1.2.0", server.uploadSigned("linux/x86_64", "file", signer, KEY_ID))
            .mandatory(true)
            .notes("What is new"));

    Update update = client().check().orElseThrow();

    assertEquals(Optional.of("What is new"), update.notes());
    assertTrue(update.raw().path("mandatory").asBoolean());
    assertEquals(4, update.raw().path("size").asInt());
  }
}
