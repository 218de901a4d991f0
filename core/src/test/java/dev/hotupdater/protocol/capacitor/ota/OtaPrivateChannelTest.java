package dev.hotupdater.protocol.capacitor.ota;

import static dev.hotupdater.protocol.capacitor.ota.OtaServer.zip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.protocol.capacitor.ota.OtaServer.Reply;
import dev.hotupdater.release.ChannelSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on a private channel is for the devices alone that were given to it. */
class OtaPrivateChannelTest {
  private static final String GUESSED = "/api/ota/bundle/secret-1.2.0.zip";

  private OtaServer server;

  @BeforeEach
  void start(@TempDir Path directory) {
    server = OtaServer.start(directory);
    server.upload("secret", "1.2.0");
    say(ChannelSettings.PRIVATE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void say(ChannelSettings settings) {
    server
        .server
        .releases()
        .changeApp(
            OtaServer.APP,
            server.clock.instant(),
            app -> app.withLiveUpdates(app.liveUpdates().withChannel("secret", settings)));
  }

  private String offeredUrl() {
    DeviceKey device = DeviceKey.device("0190b5a0-7c55-7000-8000-0123456789ab");
    server.server.devices().assign(OtaServer.APP, device, "secret");
    Reply offer = server.check("1.0.0", "1.0.0");
    assertEquals("1.2.0", offer.field("version"), offer.text());
    return offer.field("url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {GUESSED, "/api/ota/manifest/secret", "/api/ota/manifest/secret?platform=android"})
  void guessedAddress_isNotFound(String target) {
    assertEquals(404, server.get(target).status());
    say(ChannelSettings.PUBLIC);
    assertEquals(200, server.get(target).status());
  }

  @Test
  void deviceThatWasGivenToIt_isToldAnAddressForAShortTime() {
    String url = offeredUrl();

    assertNotEquals(OtaServer.ADDRESS + GUESSED, url);
    assertArrayEquals(zip("1.2.0"), server.get(OtaServer.path(url)).body());
    server.clock.advance(Duration.ofDays(8));
    assertNotEquals(200, server.get(OtaServer.path(url)).status());
    String renewed = offeredUrl();
    assertArrayEquals(zip("1.2.0"), server.get(OtaServer.path(renewed)).body());
  }

  @Test
  void answerThatWasKept_isNotThatOfAChannelThatHasBecomePrivate() {
    String whilePrivate = offeredUrl();
    say(ChannelSettings.PUBLIC);
    assertEquals(OtaServer.ADDRESS + GUESSED, offeredUrl());

    say(ChannelSettings.PRIVATE);

    assertEquals(whilePrivate, offeredUrl());
  }

  @Test
  void publisher_isToldAnAddressThatWorks() {
    String url = server.upload("secret", "1.3.0").field("url");

    assertArrayEquals(zip("1.3.0"), server.get(OtaServer.path(url)).body());
  }

  @Test
  void defaultChannel_isNeverPrivate() {
    server.upload("1.2.0");
    server
        .server
        .releases()
        .changeApp(
            OtaServer.APP,
            server.clock.instant(),
            app ->
                app.withLiveUpdates(
                    app.liveUpdates().withChannel("stable", ChannelSettings.PRIVATE)));

    Reply offer = server.check("1.0.0", "1.0.0", "stable");

    assertEquals(
        OtaServer.ADDRESS + "/api/ota/bundle/stable-1.2.0.zip", offer.field("url"), offer.text());
    assertEquals(200, server.get(OtaServer.path(offer.field("url"))).status());
  }
}
