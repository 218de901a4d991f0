package dev.hotupdater.release;

import static dev.hotupdater.fixture.ReleaseFixture.app;
import static dev.hotupdater.fixture.ReleaseFixture.published;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of delivery, what holds of those of several, and the form that databases keep. */
class DeliveryRulesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FULL =
      "{\"platforms\":[\"android\",\"ios\"],\"production\":true,\"development\":false,"
          + "\"physical_devices\":true,\"emulators\":false,\"min_native_version\":\"1.0.0\","
          + "\"max_native_version\":\"2.0.0\",\"version_policy\":\"same_major\","
          + "\"under_native\":true}";

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static DeliveryRules rules(String text) {
    return DeliveryRulesJson.read(JsonFields.of(json(text)));
  }

  private static Release release(String rules) {
    return published("1.0.0", ready("any/web")).channel("beta").rules(rules(rules)).build();
  }

  @Test
  void rules_writtenAndRead_areTheSame() {
    for (String text : new String[] {FULL, "{}", "{\"platforms\":[]}"}) {
      assertEquals(text, DeliveryRulesJson.write(rules(text)).toString());
    }
    assertEquals(DeliveryRules.NONE, rules("{\"platforms\":null,\"new\":1}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "platforms | \"ios\" | platforms",
        "platforms | [1] | platforms[0]",
        "platforms | [\"iOS\"] | platforms",
        "platforms | [\"\"] | platforms",
        "production | 1 | production",
        "emulators | \"yes\" | emulators",
        "min_native_version | \"1\" | min_native_version",
        "max_native_version | 2 | max_native_version",
        "version_policy | \"SAME_MAJOR\" | version_policy",
        "under_native | {} | under_native"
      })
  void read_withOddField_namesIt(String field, String value, String named) {
    ObjectNode json = MAPPER.createObjectNode();
    json.set(field, json(value));

    assertEquals(
        named,
        assertThrows(
                InvalidReleaseException.class, () -> DeliveryRulesJson.read(JsonFields.of(json)))
            .field());
  }

  @Test
  void platforms_areLimited() {
    TreeSet<String> many = new TreeSet<>();
    IntStream.rangeClosed(0, 16).forEach(number -> many.add("platform" + number));
    ObjectNode json = MAPPER.createObjectNode();
    many.forEach(json.putArray("platforms")::add);

    assertThrows(InvalidReleaseException.class, () -> DeliveryRulesJson.read(JsonFields.of(json)));
  }

  @Test
  void orElse_fillsUpWhatIsOpenAlone() {
    DeliveryRules mine = rules("{\"production\":false,\"min_native_version\":\"3.0.0\"}");

    assertEquals(
        rules(
            FULL.replace("\"production\":true", "\"production\":false")
                .replace("_version\":\"1.0.0\"", "_version\":\"3.0.0\"")),
        mine.orElse(rules(FULL)));
    assertEquals(rules(FULL), rules(FULL).orElse(DeliveryRules.DEFAULTS));
    assertEquals(rules(FULL), DeliveryRules.NONE.orElse(rules(FULL)));
  }

  @Test
  void rulesFor_release_areThoseOfTheNearestThatSaysSomething() {
    LiveUpdateSettings settings =
        LiveUpdateSettings.DEFAULTS
            .withRules(rules("{\"production\":false,\"emulators\":false,\"under_native\":true}"))
            .withChannel(
                "beta",
                new ChannelSettings(
                    true, false, false, rules("{\"production\":true,\"emulators\":true}")));

    DeliveryRules found = settings.rulesFor(release("{\"production\":false}"));

    assertEquals(Optional.of(false), found.production());
    assertEquals(Optional.of(true), found.emulators());
    assertEquals(Optional.of(true), found.underNative());
    assertEquals(Optional.of(true), found.development());
    assertEquals(Optional.of(VersionPolicy.ANY), found.versionPolicy());
    assertEquals(Optional.empty(), found.platforms());
  }

  @Test
  void rulesFor_limitsThatExcludeEachOther_areNotRefused() {
    LiveUpdateSettings settings =
        LiveUpdateSettings.DEFAULTS.withRules(rules("{\"max_native_version\":\"1.0.0\"}"));

    DeliveryRules found = settings.rulesFor(release("{\"min_native_version\":\"2.0.0\"}"));

    assertEquals(Optional.of(ReleaseVersion.of("2.0.0")), found.minNativeVersion());
    assertEquals(Optional.of(ReleaseVersion.of("1.0.0")), found.maxNativeVersion());
  }

  @Test
  void limitsThatExcludeEachOther_areRefusedWhereOneGivesThem() {
    String text = "{\"min_native_version\":\"2.0.0\",\"max_native_version\":\"1.0.0\"}";
    DeliveryRules rules = rules(text);

    assertThrows(
        InvalidReleaseException.class, () -> new ChannelSettings(true, true, false, rules));
    assertThrows(InvalidReleaseException.class, () -> LiveUpdateSettings.DEFAULTS.withRules(rules));
    assertThrows(InvalidReleaseException.class, () -> ReleaseRules.check(release(text)));
    assertDoesNotThrow(
        () ->
            LiveUpdateSettings.DEFAULTS.withRules(
                rules("{\"min_native_version\":\"1.0.0\",\"max_native_version\":\"1.0.0\"}")));
  }

  @Test
  void settings_haveLimits() {
    LiveUpdateSettings defaults = LiveUpdateSettings.DEFAULTS;
    SortedMap<String, ChannelSettings> many = new TreeMap<>();
    IntStream.rangeClosed(0, LiveUpdateSettings.MAX_CHANNELS)
        .forEach(number -> many.put("channel" + number, ChannelSettings.PUBLIC));

    assertThrows(InvalidReleaseException.class, () -> defaults.withDefaultChannel(""));
    assertThrows(
        InvalidReleaseException.class,
        () -> defaults.withChannel("no channel", ChannelSettings.OPEN));
    assertThrows(
        InvalidReleaseException.class,
        () -> new LiveUpdateSettings("stable", DeliveryRules.NONE, many, 0));
    many.remove("channel0");
    assertDoesNotThrow(() -> new LiveUpdateSettings("stable", DeliveryRules.NONE, many, 0));
    assertThrows(
        InvalidReleaseException.class,
        () -> new LiveUpdateSettings("stable", DeliveryRules.NONE, new TreeMap<>(), -1));
  }

  @Test
  void channel_ofWhichNothingWasSaid_isKnownIfItIsTheDefaultOne() {
    LiveUpdateSettings settings = LiveUpdateSettings.DEFAULTS.withDefaultChannel("live");

    assertEquals(Optional.of(ChannelSettings.PUBLIC), settings.channel("live"));
    assertEquals(Optional.empty(), settings.channel("stable"));
    LiveUpdateSettings said = settings.withChannel("live", ChannelSettings.OPEN);
    assertEquals(Optional.of(ChannelSettings.OPEN), said.channel("live"));
    assertEquals(settings, said.withoutChannel("live"));
    assertEquals(1, said.nextSequence().sequence());
  }

  @Test
  void channel_canBeNamedIfItIsPublicOrSelfAssignable() {
    assertTrue(ChannelSettings.PUBLIC.canBeNamed());
    assertTrue(ChannelSettings.OPEN.canBeNamed());
    assertTrue(new ChannelSettings(false, true, false, DeliveryRules.NONE).canBeNamed());
    assertFalse(ChannelSettings.PRIVATE.canBeNamed());
    assertTrue(ChannelSettings.PRIVATE.servingBuiltin(true).servesBuiltin());
  }

  @Test
  void app_withSettings_isTheSameAfterItWasWritten() {
    App app =
        app()
            .withLiveUpdates(
                LiveUpdateSettings.DEFAULTS
                    .withDefaultChannel("live")
                    .withRules(rules(FULL))
                    .withChannel("beta", ChannelSettings.OPEN)
                    .withChannel("qa", new ChannelSettings(false, false, true, rules(FULL)))
                    .nextSequence());
    String written = AppJson.write(app).toString();

    App read = AppJson.read(json(written));

    assertEquals(app, read);
    assertEquals(written, AppJson.write(read).toString());
    assertEquals(
        AppJson.write(app()).toString(),
        AppJson.write(app.withLiveUpdates(LiveUpdateSettings.DEFAULTS)).toString());
  }

  @Test
  void app_ofWhichNothingWasSaid_isTheTextThatItAlwaysWas() {
    String text =
        "{\"id\":\"com.example.app\",\"slug\":\"my-app\",\"keys\":[],"
            + "\"created_at\":\"2026-03-13T12:00:00Z\"}";

    assertEquals(text, AppJson.write(app()).toString());
    assertEquals(app(), AppJson.read(json(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | live_updates",
        "{} | live_updates.default_channel",
        "{\"default_channel\":\"a\"} | live_updates.sequence",
        "{\"default_channel\":\"a b\",\"sequence\":0} | channel",
        "{\"default_channel\":\"a\",\"sequence\":\"0\"} | live_updates.sequence",
        "{\"default_channel\":\"a\",\"sequence\":0,\"channels\":[]} | live_updates.channels",
        "{\"default_channel\":\"a\",\"sequence\":0,\"channels\":{\"b\":1}} |"
            + " live_updates.channels.b",
        "{\"default_channel\":\"a\",\"sequence\":0,\"channels\":{\"b\":{\"public\":1}}} |"
            + " live_updates.channels.b.public",
        "{\"default_channel\":\"a\",\"sequence\":0,\"rules\":{\"emulators\":1}} |"
            + " live_updates.rules.emulators"
      })
  void readApp_withOddSettings_namesTheField(String value, String named) {
    ObjectNode json = AppJson.write(app());
    json.set("live_updates", json(value));

    assertEquals(
        named, assertThrows(InvalidReleaseException.class, () -> AppJson.read(json)).field());
  }

  @Test
  void release_withRulesAndSequence_isTheSameAfterItWasWritten() {
    Release release = release(FULL).toBuilder().sequence(7).build();
    String written = ReleaseJson.write(release).toString();

    assertEquals(release, ReleaseJson.read(json(written)));
    assertTrue(written.contains("\"sequence\":7,\"rules\":{"), written);
  }

  @Test
  void release_ofBeforeThereWereWebBundles_isStillRead() {
    Release release = published("1.0.0", ready("linux/x86_64")).build();
    String written = ReleaseJson.write(release).toString();

    assertFalse(written.contains("sequence") || written.contains("rules"), written);
    Release read = ReleaseJson.read(json(written));
    assertEquals(0, read.sequence());
    assertEquals(DeliveryRules.NONE, read.rules());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "\"1\"", "[]", "1e30"})
  void readRelease_withOddSequence_namesIt(String value) {
    ObjectNode json = ReleaseJson.write(release("{}"));
    json.set("sequence", json(value));

    assertEquals(
        "sequence",
        assertThrows(InvalidReleaseException.class, () -> ReleaseJson.read(json)).field());
  }

  @Test
  void check_ofNegativeSequence_refusesIt() {
    assertThrows(
        InvalidReleaseException.class,
        () -> ReleaseRules.check(release("{}").toBuilder().sequence(-1).build()));
  }

  @Test
  void release_thatWasActivated_keepsThePlaceOfItsUpload() {
    Release uploaded = release("{}").toBuilder().sequence(7).build();
    Release activated = uploaded.activated(9).activated(12);

    assertEquals(7, uploaded.uploadSequence());
    assertEquals(12, activated.sequence());
    assertEquals(7, activated.uploadSequence());
    assertEquals(activated, ReleaseJson.read(ReleaseJson.write(activated)));
    assertNotEquals(activated, uploaded.toBuilder().sequence(12).build());
    assertFalse(ReleaseJson.write(uploaded).has("upload_sequence"));
    assertEquals(7, ReleaseJson.write(activated).path("upload_sequence").asLong());
    assertDoesNotThrow(() -> ReleaseRules.check(activated));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 8})
  void check_ofUploadThatWasNotBefore_namesIt(long place) {
    Release release = release("{}").toBuilder().sequence(7).uploadSequence(place).build();

    assertEquals(
        "upload_sequence",
        assertThrows(InvalidReleaseException.class, () -> ReleaseRules.check(release)).field());
  }

  @Test
  void check_ofLowestVersionAboveTheHighest_namesIt() {
    Release release =
        release("{\"max_native_version\":\"1.5.0\"}").toBuilder()
            .minAppVersion(Optional.of(ReleaseVersion.of("1.5.1")))
            .build();

    assertEquals(
        "min_native_version",
        assertThrows(InvalidReleaseException.class, () -> ReleaseRules.check(release)).field());
    assertDoesNotThrow(
        () ->
            ReleaseRules.check(
                release.toBuilder()
                    .minAppVersion(Optional.of(ReleaseVersion.of("1.5.0")))
                    .build()));
  }
}
