package dev.hotupdater.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppVersionTest {
  @ParameterizedTest
  @CsvSource({
    "1.2.3, 1.2.3",
    "1.0, 1.0.0",
    "7, 7.0.0",
    "v2.3-rc.1, 2.3.0",
    "'  1.2.3  ', 1.2.3",
    "1.2.3.4, 1.2.3",
    "1.2.3+45, 1.2.3",
    "-1.2, 1.2.0",
    "1..2, 1.0.0",
    "1.2., 1.2.0",
    "1.x, 1.0.0",
    "release 10 of 2024.1, 10.0.0",
    "0.0.0, 0.0.0",
    "9007199254740991.0.0, 9007199254740991.0.0",
    // A number of 17 digits is passed over, wherever it stands.
    "12345678901234567.1.2, 1.2.0",
    "1.12345678901234567.3, 1.0.0",
    "1.2.12345678901234567, 1.2.0",
    // Only the digits 0 to 9 count.
    "\u0663.1, 1.0.0",
  })
  void coerce_textWithNumbers_isTheFirstVersionInIt(String text, String version) {
    assertEquals(Optional.of(version), AppVersion.coerce(text).map(AppVersion::toString));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "...",
        "01.0.0",
        "1.02",
        "1.0.00",
        "9007199254740992",
        "1.9007199254740992",
        "1.2.9007199254740992",
        "12345678901234567",
        "\uff11.\uff12"
      })
  void coerce_textWithoutVersion_isEmpty(String text) {
    assertEquals(Optional.empty(), AppVersion.coerce(text));
  }

  @Test
  void coerce_veryLongText_takesTimeInProportion() {
    String digits = "9".repeat(1_000_000);
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          assertEquals(Optional.empty(), AppVersion.coerce(digits));
          assertEquals(Optional.empty(), AppVersion.coerce(".".repeat(1_000_000)));
          assertEquals(
              Optional.of(new AppVersion(1, 2, 3)), AppVersion.coerce(digits + "a1.2.3.4"));
          assertEquals(Optional.of(new AppVersion(1, 0, 0)), AppVersion.coerce("1." + digits));
        });
  }

  @Test
  void compareTo_goesByMajorThenMinorThenPatch() {
    List<AppVersion> ascending =
        Stream.of("0.0.0", "0.0.9", "0.9.0", "0.10.0", "1.0.0", "1.0.10", "9.0.0", "10.0.0")
            .map(text -> AppVersion.coerce(text).orElseThrow())
            .toList();
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        assertEquals(
            Integer.signum(Integer.compare(i, j)),
            Integer.signum(ascending.get(i).compareTo(ascending.get(j))));
      }
    }
  }

  @Test
  void equals_sameNumbersFromOtherText_areEqual() {
    assertEquals(AppVersion.coerce("v1.2"), AppVersion.coerce("1.2.0-beta"));
  }

  @Test
  void constructor_numberOutOfRange_isRefusedWithItsName() {
    IllegalArgumentException negative =
        assertThrows(IllegalArgumentException.class, () -> new AppVersion(0, -1, 0));
    assertEquals("minor must be between 0 and 9007199254740991, but is -1", negative.getMessage());
    IllegalArgumentException tooLarge =
        assertThrows(
            IllegalArgumentException.class, () -> new AppVersion(0, 0, AppVersion.MAX_NUMBER + 1));
    assertEquals(
        "patch must be between 0 and 9007199254740991, but is 9007199254740992",
        tooLarge.getMessage());
  }
}
