package dev.hotupdater.device;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.ReleaseFixture;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.ReleaseId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of devices, and what is refused of it. */
class DeviceTest {
  private static final ReleaseId RELEASE = ReleaseId.random();
  private static final Instant AT = Instant.parse("2026-03-13T12:00:00.123456Z");

  private static DeviceEvent event(String device, DeviceOutcome outcome) {
    return new DeviceEvent(
        ReleaseFixture.APP_ID, device, RELEASE, "1.0.0", "stable", "ios", outcome, "set", AT);
  }

  private static DeviceEvent event(String version, String channel, String platform, String action) {
    return new DeviceEvent(
        ReleaseFixture.APP_ID,
        "a",
        RELEASE,
        version,
        channel,
        platform,
        DeviceOutcome.INSTALLED,
        action,
        AT);
  }

  private static DeviceEvent at(String time) {
    return new DeviceEvent(
        ReleaseFixture.APP_ID,
        "a",
        RELEASE,
        "1.0.0",
        "stable",
        "ios",
        DeviceOutcome.INSTALLED,
        "set",
        Instant.parse(time));
  }

  @Test
  void key_ofDevice_isInLowerCase() {
    assertEquals(DeviceKey.device("AB-12"), DeviceKey.device("ab-12"));
    assertEquals("ab-12", DeviceKey.device("AB-12").value());
    assertNotEquals(DeviceKey.custom("AB"), DeviceKey.custom("ab"));
    assertNotEquals(DeviceKey.custom("ab"), DeviceKey.device("ab"));
    assertEquals(DeviceKey.self("AB-12"), DeviceKey.self("ab-12"));
    assertNotEquals(DeviceKey.self("ab"), DeviceKey.device("ab"));
    assertEquals(Optional.of(DeviceKey.Kind.SELF), DeviceKey.Kind.fromJsonName("self"));
    assertEquals("custom", DeviceKey.custom("ab").kind().jsonName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\u0000b", "a\u007f", "\ud800"})
  void key_ofTextThatIsNone_isRefused(String text) {
    assertEquals(
        "device_id",
        assertThrows(InvalidDeviceException.class, () -> DeviceKey.device(text)).field());
    assertEquals(
        "custom_id",
        assertThrows(InvalidDeviceException.class, () -> DeviceKey.custom(text)).field());
  }

  @Test
  void key_ofLongText_isRefusedAsSoonAsItIsTooLongToKeep() {
    String longest = "x".repeat(DeviceKey.MAX_LENGTH);

    assertEquals(longest, DeviceKey.device(longest).value());
    assertThrows(InvalidDeviceException.class, () -> DeviceKey.device(longest + "x"));
    // In lower case this letter has two characters.
    String longer = "\u0130".repeat(DeviceKey.MAX_LENGTH);
    assertThrows(InvalidDeviceException.class, () -> DeviceKey.device(longer));
    DeviceKey key = DeviceKey.device("\u0130");
    assertEquals(key, DeviceKey.device(key.value()));
  }

  @Test
  void event_idIsTheSameForWhatIsToldAgain() {
    DeviceEvent first = event("A", DeviceOutcome.INSTALLED);
    DeviceEvent again =
        new DeviceEvent(
            ReleaseFixture.APP_ID,
            "a",
            RELEASE,
            "1.0.0",
            "beta",
            "android",
            DeviceOutcome.INSTALLED,
            "other",
            AT.plusSeconds(60));

    assertEquals(first.id(), again.id());
    assertTrue(first.id().matches("[0-9a-f]{32}"), first.id());
    assertNotEquals(first.id(), event("b", DeviceOutcome.INSTALLED).id());
    assertNotEquals(first.id(), event("a", DeviceOutcome.FAILED).id());
    assertNotEquals(
        first.id(),
        new DeviceEvent(
                AppId.of("com.other"),
                "a",
                RELEASE,
                "1.0.0",
                "stable",
                "ios",
                DeviceOutcome.INSTALLED,
                "set",
                AT)
            .id());
  }

  @Test
  void event_ofOddText_namesTheField() {
    assertRefused("version", () -> event("", "stable", "ios", "set"));
    assertRefused("version", () -> event("1".repeat(129), "stable", "ios", "set"));
    assertRefused("platform", () -> event("1.0.0", "stable", "", "set"));
    assertRefused("platform", () -> event("1.0.0", "stable", "x".repeat(33), "set"));
    assertRefused("action", () -> event("1.0.0", "stable", "ios", ""));
    assertRefused(
        "action",
        () -> event("1.0.0", "stable", "ios", "x".repeat(DeviceEvent.MAX_ACTION_LENGTH + 1)));
    assertRefused("action", () -> event("1.0.0", "stable", "ios", "a\tb"));
    assertRefused("device_id", () -> event("", DeviceOutcome.FAILED));
    assertThrows(InvalidReleaseException.class, () -> event("1.0.0", "no channel", "ios", "set"));
  }

  private static void assertRefused(String field, Runnable creation) {
    InvalidDeviceException refusal = assertThrows(InvalidDeviceException.class, creation::run);
    assertEquals(field, refusal.field());
    assertTrue(String.valueOf(refusal.getMessage()).startsWith("'" + field + "' must"));
  }

  @Test
  void event_timeIsOneThatEveryDatabaseKeeps() {
    assertEquals(Instant.parse("2026-03-13T12:00:00.123Z"), event("a", DeviceOutcome.FAILED).at());
    assertDoesNotThrow(() -> at("1970-01-01T00:00:00Z"));
    assertDoesNotThrow(() -> at("9999-12-31T23:59:59.999Z"));
    assertRefused("timestamp", () -> at("1969-12-31T23:59:59.999Z"));
    assertRefused("timestamp", () -> at("+10000-01-01T00:00:00Z"));
  }

  @Test
  void failure_isOfTheDeviceInWhateverCaseItsIdCame() {
    assertEquals(
        new DeviceFact.Failure(ReleaseFixture.APP_ID, "a", "1.0.0"),
        new DeviceFact.Failure(ReleaseFixture.APP_ID, "A", "1.0.0"));
  }

  @Test
  void assignment_toWhatIsNoChannel_isRefused() {
    DeviceKey key = DeviceKey.device("a");

    assertDoesNotThrow(
        () -> new ChannelAssignment(ReleaseFixture.APP_ID, key, Optional.empty(), AT));
    assertThrows(
        InvalidReleaseException.class,
        () -> new ChannelAssignment(ReleaseFixture.APP_ID, key, Optional.of("a b"), AT));
  }

  @ParameterizedTest
  @EnumSource
  void outcome_isFoundByItsName(DeviceOutcome outcome) {
    assertEquals(Optional.of(outcome), DeviceOutcome.fromJsonName(outcome.jsonName()));
    assertEquals(Optional.empty(), DeviceOutcome.fromJsonName(outcome.name()));
  }
}
