package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  private static final Instant EXAMPLE = Instant.parse("1994-11-06T08:49:37Z");
  private static final Clock IN_2026 =
      Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);

  @Test
  void format_hasTwoDigitsForTheDay() {
    assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.format(EXAMPLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994"
      })
  void parse_anyOfTheThreeForms_isTheSame(String text) {
    assertEquals(Optional.of(EXAMPLE), HttpDate.parse(text, IN_2026));
  }

  @Test
  void parse_asctimeWithTwoDigitDay_isUnderstood() {
    assertEquals(
        Optional.of(Instant.parse("2026-11-16T08:49:37Z")),
        HttpDate.parse("Mon Nov 16 08:49:37 2026", IN_2026));
  }

  @Test
  void parse_twoDigitYear_isAtMostFiftyYearsAhead() {
    assertEquals(
        Optional.of(Instant.parse("2076-01-01T00:00:00Z")),
        HttpDate.parse("Wednesday, 01-Jan-76 00:00:00 GMT", IN_2026));
    assertEquals(
        Optional.of(Instant.parse("1977-01-01T00:00:00Z")),
        HttpDate.parse("Saturday, 01-Jan-77 00:00:00 GMT", IN_2026));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "1994-11-06T08:49:37Z",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 25:49:37 GMT"
      })
  void parse_otherText_isNoDate(String text) {
    assertEquals(Optional.empty(), HttpDate.parse(text, IN_2026));
  }
}
