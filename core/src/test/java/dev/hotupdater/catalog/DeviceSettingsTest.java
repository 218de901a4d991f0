package dev.hotupdater.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeviceSettingsTest {
  @Test
  void defaults_areAsDocumented() {
    assertEquals(
        new DeviceSettings(10_000, Duration.ofDays(90), Duration.ofDays(730), 1_000_000),
        DeviceSettings.defaults());
  }

  @Test
  void values_thatCannotBe_areAllNamed() {
    DeviceSettings.Builder wrong =
        DeviceSettings.builder()
            .queueSize(0)
            .retention(Duration.ofMinutes(59))
            .resultRetention(Duration.ofDays(-1))
            .maxFacts(100_000_001);

    IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, wrong::build);

    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("queueSize must"), message);
    assertTrue(message.contains(" retention must"), message);
    assertTrue(message.contains("resultRetention must"), message);
    assertTrue(message.contains("maxFacts must"), message);
  }
}
