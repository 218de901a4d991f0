package dev.hotupdater.protocol.capacitor;

import static dev.hotupdater.protocol.capacitor.CapgoServer.app;
import static dev.hotupdater.protocol.capacitor.CapgoServer.bundle;
import static dev.hotupdater.protocol.capacitor.CapgoServer.device;
import static dev.hotupdater.protocol.capacitor.CapgoServer.electron;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.fixture.ReleaseFixture;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.Route;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.release.DeliveryRules;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.VersionPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What devices are answered that ask for an update. */
class UpdateCheckTest {
  private static final String HEX = "0f".repeat(256);
  private static final String BASE64 = "c2Vzc2lvbg==";
  private static final String SESSION_KEY = CapgoServer.SESSION_KEY;

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
  void offer_hasTheFieldsOfTheProtocolAlone_allOfThemTexts() {
    server.publish("1.2.0", bundle());

    JsonNode answer = server.check(device());

    assertEquals(List.of("version", "url", "checksum", "session_key"), CapgoServer.names(answer));
    answer.forEach(field -> assertTrue(field.isTextual()));
    assertEquals("1.2.0", answer.path("version").textValue());
    assertEquals(CapgoServer.SHA_256, answer.path("checksum").textValue());
    assertEquals("", answer.path("session_key").textValue());
    assertTrue(URI.create(answer.path("url").textValue()).isAbsolute());
  }

  @Test
  void offeredZip_canBeDownloadedFromThisServer_underAnAddressThatIsEncoded() {
    server.publish("1.2.0", server.upload("bytes of a zip"));

    String url = server.check(device()).path("url").textValue();

    assertTrue(url.startsWith(CapgoServer.ADDRESS + "/"), url);
    assertTrue(url.contains("www%201.zip"), url);
    assertEquals("bytes of a zip", server.download(url).text());
  }

  @Test
  void offer_isNotKeptByAnybody() {
    server.publish("1.2.0", bundle());

    Answer answer = server.post("/updates", device());

    assertEquals(Optional.of("no-store"), answer.headers().first("Cache-Control"));
  }

  @Test
  void linkAndNotes_areToldWhereThePluginShowsThem() {
    ObjectNode metadata =
        JsonNodeFactory.instance.objectNode().put("link", "https://example.com/news");
    server.publish(
        "1.2.0", release -> release.notes("What is new").metadata(Metadata.of(metadata)), bundle());

    JsonNode answer = server.check(device());

    assertEquals("https://example.com/news", answer.path("link").textValue());
    assertEquals("What is new", answer.path("comment").textValue());
    assertFalse(server.check(device("8.34.9")).has("comment"));
    assertFalse(server.check(electron()).has("link"));
  }

  @Test
  void mandatoryRelease_isOfferedLikeAnyOther() {
    server.publish("1.2.0", release -> release.mandatory(true), bundle());

    assertEquals(
        List.of("version", "url", "checksum", "session_key"),
        CapgoServer.names(server.check(device())));
  }

  @Test
  void fieldsThatAreUnknownNullOrEmpty_areNoObstacle() {
    server.publish("1.2.0", bundle());
    ObjectNode device = device().put("something", 1).put("custom_id", "");
    device.putNull("key_id").putNull("defaultChannel").putArray("list");

    assertEquals("1.2.0", server.check(device).path("version").textValue());
  }

  @ParameterizedTest
  @CsvSource({"device_id, missing_device_id", "app_id, missing_app_id"})
  void missingId_isAMalformedRequest(String field, String error) {
    ObjectNode device = device();
    device.remove(field);

    Answer answer = server.post("/updates", device);

    assertEquals(400, answer.status());
    assertEquals(error, answer.error());
    assertEquals("failed", answer.json().path("kind").textValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{", "\"text\"", "{\"a\":1,\"a\":2}"})
  void bodyThatIsNoObject_isAMalformedRequest(String body) {
    Answer answer = server.send("POST", "/updates", body);

    assertEquals(400, answer.status());
    assertEquals("invalid_json_body", answer.error());
  }

  @Test
  void bodyThatIsTooLarge_isRefused() {
    ObjectNode device = device().put("padding", "x".repeat(CapacitorUpdateCheck.MAX_BODY_BYTES));

    assertEquals(413, server.post("/updates", device).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"com.example.other", "no app at all"})
  void unknownApp_isAFailure_withStatus200(String app) {
    JsonNode answer = server.check(device().put("app_id", app));

    assertEquals("app_not_found", answer.path("error").textValue());
    assertEquals("failed", answer.path("kind").textValue());
  }

  @Test
  void pluginBeforeVersion5_isNotSupported() {
    server.publish("1.2.0", bundle());

    JsonNode answer = server.check(device("4.17.0"));

    assertEquals("unsupported_plugin_version", answer.path("error").textValue());
    assertEquals("failed", answer.path("kind").textValue());
  }

  @Test
  void failureOfADevice_isKnownHoweverItsIdIsWritten() {
    Release release = server.publish("1.2.0", bundle());
    record(release, DeviceOutcome.FAILED);

    String upperCase = CapgoServer.DEVICE_ID.toUpperCase(Locale.ROOT);

    JsonNode answer = server.check(device().put("device_id", upperCase));
    assertEquals("up_to_date", answer.path("kind").textValue());
    assertEquals("1.0.0", answer.path("version").textValue());
    JsonNode other =
        server.check(device().put("device_id", "00000000-0000-4000-8000-000000000000"));
    assertEquals("1.2.0", other.path("version").textValue());
  }

  @Test
  void releaseThatIsNotRolledOutToTheDevice_isNothingNew() {
    server.publish("1.2.0", release -> release.rollout(Rollout.of(0)), bundle());

    assertEquals("up_to_date", server.check(device()).path("kind").textValue());
  }

  @Test
  void platformWithoutABundle_isNothingNew() {
    server.publish(
        "1.2.0",
        CapgoServer.bundle(
            "ios",
            new WebArtifact("00000000", Optional.empty(), Optional.empty(), Optional.empty())));

    assertEquals("up_to_date", server.check(device()).path("kind").textValue());
    assertEquals(
        "1.2.0", server.check(device().put("platform", "IOS")).path("version").textValue());
  }

  private static DeliveryRules policy(VersionPolicy policy) {
    return with(Optional.of(policy), Optional.empty(), Optional.empty());
  }

  private static DeliveryRules with(
      Optional<VersionPolicy> policy, Optional<ReleaseVersion> min, Optional<ReleaseVersion> max) {
    return new DeliveryRules(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        min,
        max,
        policy,
        Optional.empty());
  }

  private static DeliveryRules only(
      boolean production, boolean development, boolean devices, boolean emulators) {
    return new DeliveryRules(
        Optional.of(new TreeSet<>(List.of("android"))),
        Optional.of(production),
        Optional.of(development),
        Optional.of(devices),
        Optional.of(emulators),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Stream<Arguments> rules() {
    DeliveryRules all = only(true, true, true, true);
    Optional<ReleaseVersion> two = Optional.of(ReleaseVersion.of("2.0.0"));
    Optional<ReleaseVersion> low = Optional.of(ReleaseVersion.of("0.9.0"));
    Optional<VersionPolicy> any = Optional.empty();
    return Stream.of(
        Arguments.of("disabled_platform_ios", all, device().put("platform", "ios"), "2.0.0"),
        Arguments.of("disabled_platform_electron", all, electron(), "2.0.0"),
        Arguments.of("disable_prod_build", only(false, true, true, true), device(), "2.0.0"),
        Arguments.of(
            "disable_dev_build",
            only(true, false, true, true),
            device().put("is_prod", false),
            "2.0.0"),
        Arguments.of("disable_device", only(true, true, false, true), device(), "2.0.0"),
        Arguments.of(
            "disable_emulator",
            only(true, true, true, false),
            device().put("is_emulator", true),
            "2.0.0"),
        Arguments.of(
            "disable_auto_update_to_major", policy(VersionPolicy.SAME_MAJOR), device(), "2.0.0"),
        Arguments.of(
            "disable_auto_update_to_minor", policy(VersionPolicy.SAME_MINOR), device(), "1.1.0"),
        Arguments.of(
            "disable_auto_update_to_patch", policy(VersionPolicy.SAME_PATCH), device(), "1.0.1"),
        Arguments.of(
            "disable_auto_update_to_metadata", with(any, two, Optional.empty()), device(), "1.2.0"),
        Arguments.of(
            "disable_auto_update_under_native",
            with(any, Optional.empty(), low),
            device(),
            "1.2.0"),
        Arguments.of("disable_auto_update_under_native", DeliveryRules.NONE, device(), "0.9.0"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void deviceThatARuleForbids_isToldWhich(
      String error, DeliveryRules rules, ObjectNode device, String version) {
    server.publish(version, release -> release.rules(rules), bundle());

    JsonNode answer = server.check(device);

    assertEquals(error, answer.path("error").textValue());
    assertEquals("blocked", answer.path("kind").textValue());
    assertTrue(answer.path("message").isTextual());
    assertFalse(answer.has("url"));
    assertEquals(error.endsWith("to_major"), answer.path("major").asBoolean());
    if (error.startsWith("disable_auto_update")) {
      assertEquals(version, answer.path("version").textValue());
      assertEquals("1.0.0", answer.path("old").textValue());
    }
  }

  @Test
  void releaseThatMustDeclareItsMinimum_andDoesNot_isMisconfigured() {
    DeliveryRules rules = policy(VersionPolicy.DECLARED_MINIMUM);
    server.publish("1.2.0", release -> release.rules(rules), bundle());

    JsonNode answer = server.check(device());

    assertEquals("misconfigured_channel", answer.path("error").textValue());
    assertEquals("failed", answer.path("kind").textValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "", "one"})
  void nativeVersionThatIsNone_isAFailure(String versionBuild) {
    server.publish("1.2.0", bundle());

    JsonNode answer = server.check(device().put("version_build", versionBuild));

    assertEquals("unknown_version_build", answer.path("error").textValue());
    assertEquals("failed", answer.path("kind").textValue());
  }

  @Test
  void nativeVersionThatIsShort_isFilledUp() {
    server.publish("1.2.0", bundle());

    ObjectNode device = device().put("version_build", "1").put("version_name", "builtin");

    assertEquals("1.2.0", server.check(device).path("version").textValue());
  }

  @Test
  void booleansThatAreMissing_areThoseOfAStoreBuildOnADevice() {
    DeliveryRules rules = only(true, false, true, false);
    server.publish("1.2.0", release -> release.rules(rules), bundle());
    ObjectNode device = device();
    device.remove(List.of("is_prod", "is_emulator"));

    assertEquals("1.2.0", server.check(device).path("version").textValue());
  }

  @Test
  void pluginThatNamesBuiltinByTheNativeVersion_isNeverSentBackToIt() {
    Release release = server.publish("1.0.0", bundle());
    server.change(release, Release::yanked);

    assertEquals("up_to_date", server.check(device()).path("kind").textValue());
    JsonNode older = server.check(device("8.43.11"));
    assertEquals("builtin", older.path("version").textValue());
  }

  @Test
  void deviceOnBuiltin_isNotSentBackToIt() {
    server.publish("1.2.0", bundle());
    server.change(
        settings -> settings.withChannel("stable", ChannelSettings.PUBLIC.servingBuiltin(true)));

    JsonNode onBuiltin = server.check(device().put("version_name", "builtin"));
    JsonNode onBundle = server.check(device().put("version_name", "1.1.0"));

    assertEquals("up_to_date", onBuiltin.path("kind").textValue());
    assertEquals("{\"version\":\"builtin\"}", onBundle.toString());
  }

  @Test
  void offerOfWhatRuns_hasAnAddressAndAChecksum() {
    server.publish("1.2.0", bundle());

    JsonNode answer = server.check(device("7.25.0").put("version_name", "1.2.0"));

    assertEquals(List.of("version", "url", "checksum"), CapgoServer.names(answer));
    assertEquals("1.2.0", answer.path("version").textValue());
    assertEquals("https", URI.create(answer.path("url").textValue()).getScheme());
    assertTrue(answer.path("checksum").textValue().matches("[0-9a-f]{64}"));
  }

  @ParameterizedTest(name = "{0} reads {1}: {2}")
  @CsvSource({
    "8.51.23, hex, true",
    "7.30.0, hex, true",
    "7.29.0, hex, false",
    "7.29.0, base64, true",
    "8.51.23, base64, false",
    "5.9.0, base64, false",
    "9.0.0, hex, false"
  })
  void encryptedBundle_isForPluginsThatCanDecryptIt(String plugin, String form, boolean reads) {
    String checksum = form.equals("hex") ? HEX : BASE64;
    server.publish("1.2.0", CapgoServer.encrypted(SESSION_KEY, checksum, Optional.empty()));

    JsonNode answer = server.check(device(plugin));

    if (reads) {
      assertEquals(checksum, answer.path("checksum").textValue());
      assertEquals(SESSION_KEY, answer.path("session_key").textValue());
      assertFalse(answer.has("error"));
    } else {
      assertEquals("encryption_not_supported", answer.path("error").textValue());
      assertEquals("failed", answer.path("kind").textValue());
    }
  }

  @Test
  void encryptedBundle_isNotForElectron() {
    server.publish("1.2.0", CapgoServer.encrypted(SESSION_KEY, HEX, Optional.empty()));

    assertEquals("encryption_not_supported", server.check(electron()).path("error").textValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {":", "key", "a:b:c", "iv:", "aXY=:a2V5"})
  void sessionKeyThatOldClientsWouldBreakOn_isNeverSent(String sessionKey) {
    server.publish("1.2.0", CapgoServer.encrypted(sessionKey, HEX, Optional.empty()));

    assertEquals("invalid_session_key", server.check(device()).path("error").textValue());
  }

  @ParameterizedTest(name = "plugin {0} with key {1}: {2}")
  @CsvSource({
    "8.51.23, MIIBCgKCAQEAaaaaaaaa, offered",
    "8.51.23, MIIBCgKCAQEAbbbbbbbb, key_id_mismatch",
    "8.51.23, '', offered",
    "8.40.7, MIIB, offered",
    "8.40.7, MIIX, offered"
  })
  void keyOfTheApp_isComparedWhereItIsTold(String plugin, String key, String expected) {
    Optional<String> bundleKey = Optional.of("MIIBCgKCAQEAaaaaaaaa");
    server.publish("1.2.0", CapgoServer.encrypted(SESSION_KEY, HEX, bundleKey));

    JsonNode answer = server.check(device(plugin).put("key_id", key));

    assertEquals(expected, answer.path("error").asText("offered"));
    if (answer.has("error")) {
      assertEquals("blocked", answer.path("kind").textValue());
      assertEquals(key, answer.path("deviceKeyId").textValue());
      assertEquals(bundleKey.get(), answer.path("bundleKeyId").textValue());
    }
  }

  @Test
  void channel_isTheOneThatTheDeviceWasGivenTo_beforeTheOneThatItNames() {
    server.publish("1.1.0", bundle());
    server.publish("1.2.0", release -> release.channel("beta"), bundle());
    server.publish("1.3.0", release -> release.channel("inside"), bundle());
    server.publish("1.4.0", release -> release.channel("mine"), bundle());
    server.channel("beta", ChannelSettings.OPEN);
    server.channel("inside", ChannelSettings.PRIVATE);
    server.channel("mine", ChannelSettings.PRIVATE);
    ObjectNode device = device().put("defaultChannel", "beta").put("custom_id", "someone");

    assertEquals("1.1.0", server.check(device()).path("version").textValue());
    assertEquals("1.2.0", server.check(device).path("version").textValue());
    server.server().devices().assign(app(), DeviceKey.custom("someone"), "inside");
    assertEquals("1.3.0", server.check(device).path("version").textValue());
    server.server().devices().assign(app(), DeviceKey.device(CapgoServer.DEVICE_ID), "mine");
    assertEquals("1.4.0", server.check(device).path("version").textValue());
  }

  @Test
  void privateChannel_isNotForADeviceThatNamesIt() {
    server.publish("1.3.0", release -> release.channel("inside"), bundle());
    server.channel("inside", ChannelSettings.PRIVATE);

    JsonNode answer = server.check(device().put("defaultChannel", "inside"));

    assertEquals("cannot_update_via_private_channel", answer.path("error").textValue());
    assertEquals("blocked", answer.path("kind").textValue());
  }

  @Test
  void defaultChannel_canBeNamed_whateverWasSaidOfIt() {
    server.publish("1.3.0", bundle());
    server.channel("stable", ChannelSettings.PRIVATE);

    JsonNode answer = server.check(device().put("defaultChannel", "stable"));

    assertEquals("1.3.0", answer.path("version").textValue(), answer.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unsaid", "no such/channel", "\u0000"})
  void channelOfWhichNothingWasSaid_isNotThereForDevices(String name) {
    server.publish("1.1.0", bundle());
    server.publish("1.3.0", release -> release.channel("unsaid"), bundle());

    JsonNode answer = server.check(device().put("defaultChannel", name));

    assertEquals("1.1.0", answer.path("version").textValue());
  }

  @Test
  void fieldChannel_isNotReadFromThePlugin() {
    server.publish("1.1.0", bundle());
    server.publish("1.2.0", release -> release.channel("beta"), bundle());
    server.channel("beta", ChannelSettings.OPEN);

    JsonNode answer = server.check(device().put("channel", "beta"));

    assertEquals("1.1.0", answer.path("version").textValue());
  }

  @Test
  void change_isSeenWithTheNextCheck() {
    Release release = server.publish("1.2.0", bundle());
    server.check(device());

    DeliveryRules rules = only(false, true, true, true);
    server.change(release, each -> each.toBuilder().rules(rules).build());

    assertEquals("disable_prod_build", server.check(device()).path("error").textValue());
  }

  private void record(Release release, DeviceOutcome outcome) {
    server
        .server()
        .devices()
        .record(
            new DeviceEvent(
                app(),
                CapgoServer.DEVICE_ID,
                release.id(),
                release.version().toString(),
                release.channel(),
                "android",
                outcome,
                "update_fail",
                ReleaseFixture.TIME));
  }

  /** A server of one app, whose apps need not have the plugin. */
  private CapgoServer ofOneApp(CheckOptions options, Path folder) {
    return new CapgoServer(folder, builder -> builder, new OwnServerRoutes(options));
  }

  private record OwnServerRoutes(CheckOptions options) implements RouteGroup {
    @Override
    public String name() {
      return "ownServer";
    }

    @Override
    public Access access() {
      return Access.delegated();
    }

    @Override
    public List<Route> routes(Backend backend) {
      CapacitorUpdateCheck check = CapacitorUpdateCheck.of(backend, options);
      return List.of(
          Route.of("POST", "/check", check.post()), Route.of("GET", "/check", check.get()));
    }
  }

  @Test
  void appThatAsksByItself_isToldVersionAddressAndChecksum(@TempDir Path folder) {
    try (CapgoServer own = ofOneApp(CheckOptions.ofOneApp(app()), folder)) {
      own.publish("1.2.0", release -> release.channel("beta"), bundle());

      JsonNode posted =
          own.send("POST", "/check", "{\"version_build\":\"1.0.0\",\"channel\":\"beta\"}").json();
      JsonNode asked = own.send("GET", "/check?version_build=1.0.0&channel=beta", "").json();

      assertEquals(List.of("version", "url", "checksum"), CapgoServer.names(posted));
      assertEquals("1.2.0", posted.path("version").textValue());
      assertEquals(posted, asked);
    }
  }

  @Test
  void appThatAsksByItself_andHasTheNewest_isToldSo_orNothingIfTheServerWasToldTo(
      @TempDir Path folder, @TempDir Path other) {
    String body = "{\"version_build\":\"1.2.0\"}";
    CheckOptions options = CheckOptions.ofOneApp(app());
    try (CapgoServer own = ofOneApp(options, folder);
        CapgoServer legacy = ofOneApp(options.withLegacyEmptyAnswer(), other)) {
      own.publish("1.2.0", bundle());
      legacy.publish("1.2.0", bundle());

      assertEquals("up_to_date", own.send("POST", "/check", body).json().path("kind").textValue());
      assertEquals("{}", legacy.send("POST", "/check", body).text());
      // A plugin would take that for a failed download.
      JsonNode plugin = legacy.post("/check", device().put("version_name", "1.2.0")).json();
      assertEquals("up_to_date", plugin.path("kind").textValue());
    }
  }

  @Test
  void appThatAsksByItself_andMayNotHaveTheNewest_isNotToldOfIt(
      @TempDir Path folder, @TempDir Path other) {
    String body = "{\"version_build\":\"1.0.0\",\"version_name\":\"1.1.0\"";
    CheckOptions options = CheckOptions.ofOneApp(app());
    try (CapgoServer own = ofOneApp(options, folder);
        CapgoServer legacy = ofOneApp(options.withLegacyEmptyAnswer(), other)) {
      for (CapgoServer server : List.of(own, legacy)) {
        server.publish(
            "2.0.0", release -> release.rules(policy(VersionPolicy.SAME_MAJOR)), bundle());
        server.publish("1.3.0", release -> release.channel("inside"), bundle());
        server.channel("inside", ChannelSettings.PRIVATE);
      }

      JsonNode blocked = own.send("POST", "/check", body + "}").json();
      assertEquals("disable_auto_update_to_major", blocked.path("error").textValue());
      assertFalse(blocked.has("version"), blocked.toString());
      assertEquals("{}", legacy.send("POST", "/check", body + "}").text());

      Answer refused = own.send("POST", "/check", body + ",\"channel\":\"inside\"}");
      assertEquals("cannot_update_via_private_channel", refused.error());
      assertEquals("{}", legacy.send("POST", "/check", body + ",\"channel\":\"inside\"}").text());
      // A plugin is told as ever, and what is no check is an error for everybody.
      ObjectNode plugin = device().put("version_name", "1.1.0");
      assertEquals("2.0.0", legacy.post("/check", plugin).json().path("version").textValue());
      assertEquals(400, legacy.send("POST", "/check", "[]").status());
    }
  }

  @Test
  void serverOfOneApp_readsChannelBeforeDefaultChannel_andNoAppId(@TempDir Path folder) {
    try (CapgoServer own = ofOneApp(CheckOptions.ofOneApp(app()), folder)) {
      own.publish("1.1.0", bundle());
      own.publish("1.2.0", release -> release.channel("beta"), bundle());
      own.publish("1.3.0", release -> release.channel("inside"), bundle());
      own.channel("inside", ChannelSettings.PRIVATE);
      ObjectNode device = device().put("app_id", "com.example.other").put("defaultChannel", "beta");

      assertEquals("1.2.0", own.post("/check", device).json().path("version").textValue());
      device.put("channel", "stable");
      assertEquals("1.1.0", own.post("/check", device).json().path("version").textValue());
      device.put("channel", "inside");
      assertEquals("cannot_update_via_private_channel", own.post("/check", device).error());
    }
  }
}
