package dev.hotupdater.protocol.capacitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When things happened on devices. */
class EventTimeTest {
  private static final Instant NOW = Instant.parse("2026-03-13T12:00:00.123456Z");

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "2026-03-13T11:00:00.5Z, 2026-03-13T11:00:00.5Z",
    "2026-03-13T12:00:01Z, 2026-03-13T12:00:00.123Z",
    "2036-01-01T00:00:00Z, 2026-03-13T12:00:00.123Z",
    "2026-01-01T00:00:00Z, 2026-02-11T12:00:00.123Z",
    "1970-01-01T00:00:00Z, 2026-02-11T12:00:00.123Z"
  })
  void time_isNeitherToComeNorLongGone(Instant told, Instant expected) {
    assertEquals(expected, EventTime.of(Optional.of(Long.toString(told.toEpochMilli())), NOW));
  }

  @ParameterizedTest
  @CsvSource({"soon", "-5", "1.5", "9999999999999999999999"})
  void textThatIsNoTime_isNow(String text) {
    assertEquals(Instant.parse("2026-03-13T12:00:00.123Z"), EventTime.of(Optional.of(text), NOW));
  }

  @Test
  void nothing_isNow() {
    assertEquals(Instant.parse("2026-03-13T12:00:00.123Z"), EventTime.of(Optional.empty(), NOW));
  }
}
