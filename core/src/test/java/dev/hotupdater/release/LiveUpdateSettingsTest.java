package dev.hotupdater.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which channels a device may name. */
class LiveUpdateSettingsTest {
  private static final LiveUpdateSettings SETTINGS =
      LiveUpdateSettings.DEFAULTS
          .withChannel("public", ChannelSettings.PUBLIC)
          .withChannel("private", ChannelSettings.PRIVATE)
          .withChannel("choice", new ChannelSettings(false, true, false, DeliveryRules.NONE));

  @ParameterizedTest
  @CsvSource({
    "stable, true, true",
    "public, true, true",
    "choice, true, true",
    "private, false, false",
    "unsaid, true, false"
  })
  void canBeNamed_isWhatWasSaid_orElseWhatTheProtocolSays(
      String channel, boolean open, boolean closed) {
    assertEquals(open, SETTINGS.canBeNamed(channel, UnsaidChannels.OPEN));
    assertEquals(closed, SETTINGS.canBeNamed(channel, UnsaidChannels.CLOSED));
  }

  @ParameterizedTest
  @EnumSource
  void canBeNamed_ofTheDefaultChannel_isAlwaysTrue(UnsaidChannels unsaid) {
    ChannelSettings builtin = ChannelSettings.PRIVATE.servingBuiltin(true);

    assertTrue(SETTINGS.withChannel("stable", builtin).canBeNamed("stable", unsaid));
    assertTrue(SETTINGS.withDefaultChannel("private").canBeNamed("private", unsaid));
  }
}
