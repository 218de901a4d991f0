package dev.hotupdater.protocol.nativeupdate;

import static dev.hotupdater.protocol.nativeupdate.NativeUpdateServer.ADDRESS;
import static dev.hotupdater.protocol.nativeupdate.NativeUpdateServer.APP;
import static dev.hotupdater.protocol.nativeupdate.NativeUpdateServer.DOCUMENTED;
import static dev.hotupdater.protocol.nativeupdate.NativeUpdateServer.PLUGIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.ConfigurationException;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.fixture.ReleaseFixture;
import dev.hotupdater.fixture.RsaKeys;
import dev.hotupdater.liveupdate.WebArtifact.Encryption;
import dev.hotupdater.protocol.RateLimitedRoutes;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.signature.BundleSigner;
import dev.hotupdater.signature.BundleVerifier;
import dev.hotupdater.signature.RsaSigningKey;
import dev.hotupdater.signature.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of native-update are told when they ask for an update. */
class NativeUpdateCheckTest {
  private static final String CHECK = DOCUMENTED + "/updates/check?appId=" + APP;

  @TempDir private Path directory;
  private NativeUpdateServer server;

  @BeforeEach
  void start() {
    server = new NativeUpdateServer(directory, NativeUpdateRoutes.at("/native"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void assertNothing(int status, String reason, Answer answer) {
    assertEquals(status, answer.status(), answer.text());
    assertFalse(answer.json().path("available").asBoolean(true));
    assertFalse(answer.json().path("updateAvailable").asBoolean(true));
    assertFalse(answer.json().has("version"));
    assertEquals(reason, answer.json().path("reason").asText());
  }

  private String offered(String target) {
    Answer answer = server.get(target);
    assertEquals(200, answer.status(), answer.text());
    return answer.json().path("version").asText();
  }

  @Test
  void check_withUpdate_hasItUnderAllNames() {
    Release release =
        server.publish(
            "1.2.3+5",
            server.artifact("any", "new", Optional.empty()),
            each -> each.notes("Fixes").mandatory(true));

    Answer answer = server.get(CHECK + "&currentVersion=1.0.0&platform=ios&channel=stable");

    assertEquals(200, answer.status());
    assertEquals("no-store", answer.headers().first("Cache-Control").orElse(""));
    JsonNode json = answer.json();
    assertTrue(json.path("available").booleanValue());
    assertTrue(json.path("updateAvailable").booleanValue());
    assertEquals("1.2.3+5", json.path("version").textValue());
    assertEquals("1.2.3+5", json.path("latestVersion").textValue());
    String url = ADDRESS + PLUGIN + "/bundles/1.2.3%2B5?channel=stable";
    for (String name : List.of("url", "downloadUrl", "bundleUrl")) {
      assertEquals(url, json.path(name).textValue(), name);
    }
    for (String name : List.of("notes", "releaseNotes", "description")) {
      assertEquals("Fixes", json.path(name).textValue(), name);
    }
    assertEquals(
        NativeUpdateServer.sha256("new".getBytes(StandardCharsets.UTF_8)),
        json.path("checksum").textValue());
    assertEquals(3, json.path("size").intValue());
    assertTrue(json.path("mandatory").booleanValue());
    assertFalse(json.has("signature"));
    assertFalse(json.has("minAppVersion"));
    assertEquals("stable", release.channel());
  }

  @Test
  void check_withoutUpdate_hasTheStatusThatItsCallerUnderstands() {
    assertNothing(200, "no_release", server.get(CHECK));
    assertNothing(404, "no_release", server.get(PLUGIN + "/check?channel=stable"));
    server.publish("1.0.0", "content");
    assertNothing(200, "up_to_date", server.get(CHECK + "&currentVersion=1.0.0"));
    assertNothing(404, "up_to_date", server.get(PLUGIN + "/check?version=1.0.0&platform=web"));
  }

  @Test
  void pluginCheck_withoutVersion_isOfferedTheActiveBundle() {
    server.publish("1.0.0", "one");
    server.publish("2.0.0", "two");
    server.publish("1.5.0", "one and a half");

    assertEquals("1.5.0", offered(PLUGIN + "/check?channel=stable"));
    assertEquals("1.5.0", offered(PLUGIN + "/check"));
  }

  @Test
  void check_afterRollback_isOfferedTheOlderBundle() {
    server.publish("1.0.0", "one");
    Release bad = server.publish("2.0.0", "two");
    server.change(bad, Release::yanked);

    assertEquals("1.0.0", offered(CHECK + "&currentVersion=2.0.0"));
  }

  @Test
  void check_ofUnknownApp_isNotFound() {
    assertEquals(404, server.get(DOCUMENTED + "/updates/check?appId=com.other").status());
    assertEquals(404, server.get(DOCUMENTED + "/updates/check?appId=%2F").status());
    assertNothing(404, "unknown_app", server.get("/native/apps/com.other/check"));
  }

  @Test
  void check_withoutApp_namesTheParameter() {
    Answer answer = server.get(DOCUMENTED + "/updates/check?channel=stable");

    assertEquals(400, answer.status());
    assertTrue(answer.error().contains("'appId'"), answer.error());
  }

  @Test
  void check_withoutApp_isOfTheDefaultOne(@TempDir Path other) {
    try (NativeUpdateServer one =
        new NativeUpdateServer(other, NativeUpdateRoutes.at("/native").defaultApp(APP))) {
      one.publish("1.0.0", "content");

      assertTrue(one.get(DOCUMENTED + "/updates/check").json().path("available").booleanValue());
      assertEquals("content", one.get(DOCUMENTED + "/bundles/1.0.0").text());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "okhttp/4.12.0 | android",
        "MyApp/1 CFNetwork/1494.0.7 Darwin/23.4.0 | ios",
        "Mozilla/5.0 | any"
      })
  void pluginCheck_withoutPlatform_isOfWhatTheClientLooksLike(String userAgent, String expected) {
    server.publish(
        "1.0.0",
        server.artifact("any", "any", Optional.empty()),
        release ->
            release.artifacts(
                List.of(
                    server.artifact("any", "any", Optional.empty()),
                    server.artifact("ios", "ios", Optional.empty()),
                    server.artifact("android", "android", Optional.empty()))));

    Answer answer = server.send("GET", PLUGIN + "/check", Map.of("User-Agent", userAgent), "");

    String url = answer.json().path("url").textValue().substring(ADDRESS.length());
    assertEquals(expected, server.get(url).text());
  }

  @Test
  void check_ofReleaseWithMinimum_needsTheNativeVersion() {
    server.publish("1.0.0", "old");
    server.publish(
        "2.0.0",
        server.artifact("any", "new", Optional.empty()),
        release -> release.minAppVersion(Optional.of(ReleaseVersion.of("1.5.0"))));

    assertEquals("1.0.0", offered(CHECK));
    Answer withheld = server.get(CHECK + "&currentVersion=1.0.0");
    assertNothing(200, "native_version_unknown", withheld);
    assertEquals("1.5.0", withheld.json().path("minAppVersion").textValue());
    assertEquals("2.0.0", withheld.json().path("latestVersion").textValue());
    assertNothing(
        200,
        "native_version_too_low",
        server.get(CHECK + "&currentVersion=1.0.0&nativeVersion=1.4"));
    Answer offer = server.get(CHECK + "&currentVersion=1.0.0&nativeVersion=1.5");
    assertEquals("2.0.0", offer.json().path("version").textValue());
    assertEquals("1.5.0", offer.json().path("minNativeVersion").textValue());
  }

  @Test
  void check_ofReleaseBeingRolledOut_isForDevicesThatAreNamed() {
    Release release =
        server.publish(
            "1.0.0",
            server.artifact("any", "new", Optional.empty()),
            each ->
                each.rollout(Rollout.of(0)).targetCohorts(List.of(Cohort.defaultFor("device-1"))));
    assertNothing(200, "rollout", server.get(CHECK));

    assertEquals("1.0.0", offered(CHECK + "&deviceId=DEVICE-1"));
    Answer byHeader = server.send("GET", PLUGIN + "/check", Map.of("X-Device-Id", "device-1"), "");
    assertEquals("1.0.0", byHeader.json().path("version").textValue());
    assertNothing(200, "rollout", server.get(CHECK + "&deviceId=" + "x".repeat(200)));

    server
        .server()
        .devices()
        .record(
            new DeviceEvent(
                APP,
                "device-1",
                release.id(),
                "1.0.0",
                "stable",
                "ios",
                DeviceOutcome.FAILED,
                "confirm_failure",
                ReleaseFixture.TIME));
    server.server().devices().flush();
    assertNothing(200, "failed_before", server.get(CHECK + "&deviceId=device-1"));
  }

  @Test
  void check_ofPrivateChannel_isForDevicesThatWereGivenToIt() {
    server.changeApp(
        app ->
            app.withLiveUpdates(app.liveUpdates().withChannel("secret", ChannelSettings.PRIVATE)));
    server.publish(
        "1.0.0",
        server.artifact("any", "new", Optional.empty()),
        release -> release.channel("secret"));

    assertNothing(200, "private_channel", server.get(CHECK + "&channel=secret"));
    server.server().devices().assign(APP, DeviceKey.device("device-1"), "secret");
    assertEquals("1.0.0", offered(CHECK + "&channel=stable&deviceId=device-1"));
  }

  @Test
  void check_ofChannelThatWasChosenBeforeItBecamePrivate_isRefused() {
    server.say("beta", ChannelSettings.OPEN);
    server.publishOn("beta", "1.0.0", "beta");
    server.server().devices().assign(APP, DeviceKey.self("device-1"), "beta");
    assertEquals("1.0.0", offered(CHECK + "&deviceId=device-1"));

    server.say("beta", ChannelSettings.PRIVATE);

    assertNothing(200, "private_channel", server.get(CHECK + "&channel=beta&deviceId=device-1"));
    assertNothing(200, "no_release", server.get(CHECK + "&channel=stable&deviceId=device-1"));
  }

  @Test
  void check_ofPrivateChannel_hasAnAddressThatNobodyCanGuess() {
    server.say("secret", ChannelSettings.PRIVATE);
    server.publishOn("secret", "1.0.0", "private");
    server.server().devices().assign(APP, DeviceKey.device("device-1"), "secret");

    String url = server.get(CHECK + "&deviceId=device-1").json().path("url").textValue();

    assertFalse(url.contains("/bundles/1.0.0?"), url);
    assertEquals("private", server.get(url.substring(ADDRESS.length())).text());
    server.say("secret", ChannelSettings.PUBLIC);
    assertEquals(
        ADDRESS + PLUGIN + "/bundles/1.0.0?channel=secret",
        server.get(CHECK + "&deviceId=device-1").json().path("url").textValue());
  }

  @Test
  void check_ofDefaultChannel_isForEverybody_whateverWasSaidOfIt() {
    server.publish("1.0.0", "content");
    server.say("stable", ChannelSettings.PRIVATE);

    String url = server.get(CHECK + "&channel=stable").json().path("url").textValue();

    assertEquals(ADDRESS + PLUGIN + "/bundles/1.0.0?channel=stable", url);
    assertEquals("content", server.get(url.substring(ADDRESS.length())).text());
  }

  @Test
  void check_ofChannelOfWhichNothingWasSaid_dependsOnTheOption(@TempDir Path other) {
    server.publishOn("unsaid", "1.0.0", "content");
    assertEquals("1.0.0", offered(CHECK + "&channel=unsaid"));

    try (NativeUpdateServer closed =
        new NativeUpdateServer(other, NativeUpdateRoutes.at("/native").closedChannels())) {
      closed.publishOn("unsaid", "1.0.0", "content");
      closed.publish("2.0.0", "content");
      assertNothing(200, "private_channel", closed.get(CHECK + "&channel=unsaid"));
      assertEquals(404, closed.get(PLUGIN + "/bundles/1.0.0?channel=unsaid").status());
      assertEquals(200, closed.get(CHECK + "&channel=stable").status());
      assertEquals(200, closed.get(PLUGIN + "/bundles/2.0.0").status());
    }
  }

  @Test
  void check_ofBundleInAFolderOfItsZip_isNotOfferedIt() {
    server.publish("1.0.0", server.inFolder("www", "content"), release -> release);

    assertNothing(200, "no_root_index", server.get(CHECK));
    assertNothing(404, "no_root_index", server.get(PLUGIN + "/check"));
  }

  @Test
  void check_ofChannelThatServesTheBuiltinBundle_hasNoUpdate() {
    server.publish("1.0.0", "content");
    server.changeApp(
        app ->
            app.withLiveUpdates(
                app.liveUpdates()
                    .withChannel("stable", ChannelSettings.PUBLIC.servingBuiltin(true))));

    assertEquals(404, server.get(PLUGIN + "/check").status());
    assertFalse(server.get(CHECK + "&currentVersion=1.0.0").json().path("available").asBoolean());
  }

  @Test
  void check_ofEncryptedBundle_isNotOfferedIt() {
    server.publish(
        "1.0.0",
        server.artifact(
            "any", "cipher", Optional.of(new Encryption("iv:key", "ab", Optional.empty()))),
        release -> release);

    assertNothing(200, "encrypted", server.get(CHECK));
    assertEquals(404, server.get(PLUGIN + "/bundles/1.0.0").status());
  }

  @Test
  void check_ofSignedBundle_hasTheSignatureOfTheKey(@TempDir Path other) {
    RsaSigningKey current = RsaSigningKey.fromPem(RsaKeys.FIRST.pkcs8Pem());
    RsaSigningKey older = RsaSigningKey.fromPem(RsaKeys.SECOND.pkcs8Pem());
    byte[] content = "signed".getBytes(StandardCharsets.UTF_8);
    ArtifactSignature[] signatures = signatures(SigningKeys.of(current).and(older), content);
    server.publish(
        "1.0.0",
        server.artifact("any", "signed", Optional.empty(), signatures),
        release -> release);
    assertTrue(verifies(current, content, server.get(CHECK)));

    try (NativeUpdateServer one =
        new NativeUpdateServer(other, NativeUpdateRoutes.at("/native").signedWith(older.id()))) {
      one.publish("0.9.0", "not signed");
      assertNothing(200, "not_signed", one.get(CHECK));
      one.publish(
          "1.0.0", one.artifact("any", "signed", Optional.empty(), signatures), release -> release);
      assertTrue(verifies(older, content, one.get(CHECK)));
    }
  }

  private static ArtifactSignature[] signatures(SigningKeys keys, byte[] content) {
    BundleSigner signer = keys.signer();
    signer.update(content, 0, content.length);
    return signer.sign().stream()
        .map(each -> new ArtifactSignature(each.text(), Optional.of(each.keyId())))
        .toArray(ArtifactSignature[]::new);
  }

  @Test
  void check_ofAppsWithDifferentKeys_hasForEachTheSignatureThatItVerifies(@TempDir Path other) {
    RsaSigningKey newKey = RsaSigningKey.fromPem(RsaKeys.FIRST.pkcs8Pem());
    RsaSigningKey oldKey = RsaSigningKey.fromPem(RsaKeys.SECOND.pkcs8Pem());
    byte[] content = "signed".getBytes(StandardCharsets.UTF_8);
    try (NativeUpdateServer both =
        new NativeUpdateServer(
            other,
            NativeUpdateRoutes.at("/native").signedWith(oldKey.id()),
            NativeUpdateRoutes.at("/new").signedWith(newKey.id()))) {
      both.publish(
          "1.0.0",
          both.artifact(
              "any",
              "signed",
              Optional.empty(),
              signatures(SigningKeys.of(newKey).and(oldKey), content)),
          release -> release);

      for (Map.Entry<String, RsaSigningKey> app :
          Map.of("/native", oldKey, "/new", newKey).entrySet()) {
        Answer answer = both.get(app.getKey() + "/apps/" + APP + "/check");
        assertTrue(verifies(app.getValue(), content, answer), app.getKey());
        String url = answer.json().path("url").textValue();
        assertTrue(url.startsWith(ADDRESS + app.getKey() + "/apps/"), url);
        assertEquals("signed", both.get(url.substring(ADDRESS.length())).text());
      }
    }
  }

  private static boolean verifies(RsaSigningKey key, byte[] content, Answer answer) {
    BundleVerifier verifier = BundleVerifier.of(key.publicKey());
    verifier.update(content, 0, content.length);
    return verifier.matches(answer.json().path("signature").textValue());
  }

  @Test
  void appVersion_isTheNewestPackageThatIsNewer() {
    server.publish("9.0.0", "a web bundle");
    server.publish("1.1.0", server.androidPackage("1.1"), each -> each.channel("apk"));
    server.publish("1.2.0", server.androidPackage("1.2"), each -> each.channel("apk"));

    Answer answer = server.get(PLUGIN + "/app-version?platform=android&current=1.1.0&channel=x");

    JsonNode json = answer.json();
    assertEquals("1.2.0", json.path("version").textValue());
    assertEquals("MEDIUM", json.path("priority").textValue());
    assertEquals(3, json.path("size").intValue());
    assertEquals("", json.path("releaseNotes").textValue());
    String url = json.path("downloadUrl").textValue();
    assertEquals(ADDRESS + PLUGIN + "/packages/1.2.0", url);
    Answer file = server.get(url.substring(ADDRESS.length()));
    assertEquals("1.2", file.text());
    assertEquals(
        "application/vnd.android.package-archive", file.headers().first("Content-Type").orElse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?platform=android&current=1.2.0",
        "?platform=android&current=1.10",
        "?platform=ios&current=1.0.0",
        "?platform=web"
      })
  void appVersion_whereNothingIsNewer_isNotFound(String query) {
    server.publish("1.2.0", server.androidPackage("1.2"), each -> each.channel("apk"));

    assertEquals(404, server.get(PLUGIN + "/app-version" + query).status());
  }

  @Test
  void rateLimit_refusesWithAnAnswerWithoutUpdate(@TempDir Path other) {
    try (NativeUpdateServer one =
        new NativeUpdateServer(
            other,
            RateLimitedRoutes.of(
                NativeUpdateRoutes.at("/native"),
                NativeUpdateRoutes.rateLimit(1, Duration.ofHours(1))))) {
      Map<String, String> client = Map.of("Authorization", "Bearer a");
      one.send("GET", PLUGIN + "/check", client, "");

      Answer answer = one.send("GET", PLUGIN + "/check", client, "");

      assertEquals(429, answer.status());
      assertEquals("rate_limited", answer.error());
      assertFalse(answer.json().path("available").asBoolean(true));
      assertTrue(answer.headers().first("Retry-After").isPresent());
    }
  }

  @Test
  void group_mountedTwice_isRefused() {
    ConfigurationException refusal =
        assertThrows(
            ConfigurationException.class,
            () ->
                HotUpdater.builder()
                    .database(InMemoryDatabase.create())
                    .routes(NativeUpdateRoutes.create())
                    .routes(NativeUpdateRoutes.create())
                    .build());

    assertTrue(
        String.valueOf(refusal.getMessage()).contains("'nativeUpdate' are mounted twice"),
        refusal.getMessage());
  }
}
