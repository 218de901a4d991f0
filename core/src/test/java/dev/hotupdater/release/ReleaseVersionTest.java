package dev.hotupdater.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseVersionTest {
  private static final String MAX_U64 = "18446744073709551615";
  private static final String ABOVE_U64 = "18446744073709551616";

  /** Each of the lines in the ascending order of the Rust crate. */
  private static final List<String> ASCENDING =
      List.of(
          "0.0.0-0",
          "0.0.0",
          "0.0.1",
          "0.1.0",
          "1.0.0-0",
          "1.0.0-1",
          "1.0.0-2",
          "1.0.0-10",
          "1.0.0-99999999999999999999998",
          "1.0.0-99999999999999999999999",
          "1.0.0--",
          "1.0.0-1a",
          "1.0.0-A",
          "1.0.0-alpha",
          "1.0.0-alpha+1",
          "1.0.0-alpha.1",
          "1.0.0-alpha.beta",
          "1.0.0-beta",
          "1.0.0-beta.2",
          "1.0.0-beta.11",
          "1.0.0-rc.1",
          "1.0.0",
          "1.0.0+0",
          "1.0.0+00",
          "1.0.0+1",
          "1.0.0+01",
          "1.0.0+001",
          "1.0.0+2",
          "1.0.0+02",
          "1.0.0+002",
          "1.0.0+10",
          "1.0.0+10.0",
          "1.0.0+10.a",
          "1.0.0+99999999999999999999999",
          "1.0.0+-",
          "1.0.0+1a",
          "1.0.0+A",
          "1.0.0+a",
          "1.0.0+a.1",
          "1.0.1-alpha",
          "1.0.1",
          "1.0.2",
          "1.0.10",
          "1.2.0",
          "1.10.0",
          "2.0.0",
          "10.0.0",
          "9223372036854775807.0.0",
          "9223372036854775808.0.0",
          MAX_U64 + ".0.0",
          MAX_U64 + "." + MAX_U64 + "." + MAX_U64);

  @Test
  void compareTo_ofEveryPair_isTheOrderOfTheClients() {
    List<ReleaseVersion> versions = ASCENDING.stream().map(ReleaseVersion::of).toList();
    for (int i = 0; i < versions.size(); i++) {
      for (int j = 0; j < versions.size(); j++) {
        ReleaseVersion one = versions.get(i);
        ReleaseVersion other = versions.get(j);
        assertEquals(
            Integer.compare(i, j), Integer.signum(one.compareTo(other)), one + " and " + other);
        assertEquals(i > j, one.isAfter(other));
      }
    }
  }

  @Test
  void sort_ofShuffledVersions_putsThemInOrder() {
    List<ReleaseVersion> shuffled =
        new ArrayList<>(ASCENDING.stream().map(ReleaseVersion::of).toList());
    Collections.reverse(shuffled);
    Collections.sort(shuffled);

    assertEquals(ASCENDING, shuffled.stream().map(ReleaseVersion::toString).toList());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      emptyValue = "",
      value = {
        "1.2.3, 1, 2, 3, '', ''",
        "0.0.0, 0, 0, 0, '', ''",
        "1.2.3-beta.1, 1, 2, 3, beta.1, ''",
        "1.2.3+build.7, 1, 2, 3, '', build.7",
        "1.2.3-a-b.0+c-d.00, 1, 2, 3, a-b.0, c-d.00",
        "1.2.3--+--, 1, 2, 3, -, --",
        "1.2.3-0a, 1, 2, 3, 0a, ''"
      })
  void parse_ofVersion_tellsItsParts(
      String text, long major, long minor, long patch, String preRelease, String build) {
    ReleaseVersion version = ReleaseVersion.of(text);

    assertEquals(major, version.major());
    assertEquals(minor, version.minor());
    assertEquals(patch, version.patch());
    assertEquals(preRelease, version.preRelease());
    assertEquals(build, version.build());
    assertEquals(text, version.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "1.2",
        "1.2.3.4",
        "v1.2.3",
        "V1.2.3",
        "1.2.x",
        "01.2.3",
        "1.02.3",
        "1.2.03",
        "1.2.-3",
        "+1.2.3",
        "1.2.3 ",
        " 1.2.3",
        "1.2.3\n",
        "1.2.3-",
        "1.2.3+",
        "1.2.3-+1",
        "1.2.3-a..b",
        "1.2.3-.a",
        "1.2.3+a.",
        "1.2.3-01",
        "1.2.3-a.00",
        "1.2.3-ä",
        "1.2.3+a_b",
        "1.2.3+a+b",
        "1,2,3",
        "\u0661.2.3",
        ABOVE_U64 + ".0.0",
        "0." + ABOVE_U64 + ".0",
        "0.0." + ABOVE_U64,
        "100000000000000000000.0.0"
      })
  void parse_ofAnythingElse_isEmpty(String text) {
    assertEquals(Optional.empty(), ReleaseVersion.parse(text));
    InvalidReleaseException refusal =
        assertThrows(InvalidReleaseException.class, () -> ReleaseVersion.of(text));
    assertEquals("version", refusal.field());
  }

  @Test
  void parse_atTheLimits_isExact() {
    assertEquals(-1L, ReleaseVersion.of(MAX_U64 + ".0.0").major());
    String longest = "1.0.0-" + "a".repeat(ReleaseVersion.MAX_LENGTH - 6);
    assertTrue(ReleaseVersion.parse(longest).isPresent());
    assertFalse(ReleaseVersion.parse(longest + "a").isPresent());
  }

  @Test
  void parse_ofHostileText_ends() {
    Stream.of("1.0.0-" + "1".repeat(121), "1.0.0-" + "0.".repeat(60), "1.0.0-" + "-.".repeat(60))
        .forEach(ReleaseVersion::parse);
  }

  @Test
  void equals_isThatOfTheText() {
    assertEquals(ReleaseVersion.of("1.0.0+1"), ReleaseVersion.of("1.0.0+1"));
    assertEquals(ReleaseVersion.of("1.0.0+1").hashCode(), ReleaseVersion.of("1.0.0+1").hashCode());
    assertNotEquals(ReleaseVersion.of("1.0.0+1"), ReleaseVersion.of("1.0.0+01"));
    assertNotEquals(ReleaseVersion.of("1.0.0"), ReleaseVersion.of("1.0.0+1"));
  }
}
