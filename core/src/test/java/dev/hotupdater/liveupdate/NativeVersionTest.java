package dev.hotupdater.liveupdate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.release.ReleaseVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Native versions of apps, which need not be semantic ones. */
class NativeVersionTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1.0.0",
    "1.2, 1.2.0",
    "1.2.3, 1.2.3",
    "1.2.3.4, 1.2.3",
    "1.2.3.4.5, 1.2.3",
    "' 1.2.3 ', 1.2.3",
    "v1.2.3, 1.2.3",
    "V2, 2.0.0",
    "01.002.0003, 1.2.3",
    "0, 0.0.0",
    "000.0.0, 0.0.0",
    "1.2.3-beta.1, 1.2.3-beta.1",
    "1.2-rc.1, 1.2.0-rc.1",
    "1.2.3.4-beta, 1.2.3-beta",
    "1.2.3+45, 1.2.3+45",
    "1.2.3-, 1.2.3",
    "1.2.3-a b, 1.2.3",
    "1., 1.0.0",
    "999999999999999999.0.0, 999999999999999999.0.0"
  })
  void parse_fillsUpWhatIsMissing(String text, String expected) {
    assertEquals(Optional.of(ReleaseVersion.of(expected)), NativeVersion.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "unknown",
        "a.b.c",
        "-1",
        ".1",
        "1,2",
        "1.2.3 (45)",
        "1\n2",
        "vv1",
        "1000000000000000000000.0.0"
      })
  void parse_ofNoVersion_isEmpty(String text) {
    assertEquals(Optional.empty(), NativeVersion.parse(text));
  }

  @Test
  void parse_ofLongText_isEmpty() {
    assertEquals(Optional.empty(), NativeVersion.parse("1.".repeat(65)));
    assertEquals(Optional.empty(), NativeVersion.parse("0".repeat(1_000_000)));
    assertEquals(Optional.of(ReleaseVersion.of("0.0.0")), NativeVersion.parse("0".repeat(128)));
  }
}
