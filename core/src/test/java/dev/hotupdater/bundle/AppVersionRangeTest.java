package dev.hotupdater.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppVersionRangeTest {
  @ParameterizedTest
  @CsvSource({"semver-grid.jsonl, 1800", "semver-random.jsonl, 5000"})
  void goldenRows_areAllAnsweredAsTheNodeServerDoes(String file, int count) {
    List<JsonNode> rows = GoldenRows.read(file);
    assertEquals(count, rows.size());
    for (JsonNode row : rows) {
      boolean satisfied = matches(row.get(0).textValue(), row.get(1).textValue());
      assertEquals(row.get(2).booleanValue(), satisfied, row::toString);
    }
  }

  @Test
  void randomOrdinaryRanges_areAnsweredAsTheNaiveImplementationDoes() {
    long seed = Long.getLong("hotupdater.seed", System.nanoTime());
    Random random = new Random(seed);
    System.out.println("AppVersionRangeTest: -Dhotupdater.seed=" + seed);
    int satisfied = 0;
    int rounds = 20_000;
    for (int i = 0; i < rounds; i++) {
      String range = ordinaryRange(random);
      String version = random.nextInt(4) + "." + random.nextInt(4) + "." + random.nextInt(4);
      boolean expected = NaiveUpdateCheck.satisfies(range, version);
      assertEquals(
          expected,
          matches(range, version),
          () -> "seed " + seed + ": [" + range + "] for " + version);
      satisfied += expected ? 1 : 0;
    }
    assertTrue(satisfied > rounds / 10, "only " + satisfied + " satisfied");
  }

  private static String ordinaryRange(Random random) {
    StringBuilder range = new StringBuilder(ordinaryAlternative(random));
    while (random.nextInt(4) == 0) {
      range.append(random.nextBoolean() ? " || " : "||").append(ordinaryAlternative(random));
    }
    return range.toString();
  }

  private static String ordinaryAlternative(Random random) {
    if (random.nextInt(6) == 0) {
      return ordinaryVersion(random) + " - " + ordinaryVersion(random);
    }
    String[] operators = {"", "", "=", "<", "<=", ">", ">=", "^", "~", "~>", "> ", ">= ", "~ "};
    StringBuilder alternative = new StringBuilder();
    do {
      String operator = operators[random.nextInt(operators.length)];
      alternative.append(alternative.length() == 0 ? "" : " ");
      alternative.append(operator).append(ordinaryVersion(random));
    } while (random.nextInt(3) == 0);
    return alternative.toString();
  }

  private static String ordinaryVersion(Random random) {
    String[] wildcards = {"x", "X", "*"};
    StringBuilder version = new StringBuilder(random.nextInt(8) == 0 ? "v" : "");
    int numbers = 1 + random.nextInt(3);
    boolean open = random.nextInt(20) == 0;
    for (int i = 0; i < numbers; i++) {
      open |= i > 0 && random.nextInt(5) == 0;
      version.append(i == 0 ? "" : ".");
      version.append(open ? wildcards[random.nextInt(3)] : Integer.toString(random.nextInt(4)));
    }
    if (numbers == 3 && !open) {
      version.append(random.nextInt(8) == 0 ? "-rc.1" : "");
      version.append(random.nextInt(8) == 0 ? "+build.5" : "");
    }
    return version.toString();
  }

  @ParameterizedTest
  @CsvSource({
    // No release is a pre-release, but all of them compare with one.
    "<1.0.0-beta, 0.9.9, true",
    "<1.0.0-beta, 1.0.0, false",
    "<=1.0.0-beta, 1.0.0, false",
    ">1.0.0-beta, 1.0.0, true",
    ">=1.0.0-alpha, 1.0.0, true",
    ">=1.0.0-alpha, 0.9.9, false",
    "1.0.0-beta, 1.0.0, false",
    "^1.0.0-rc.1, 1.0.0, true",
    "^1.0.0-rc.1, 1.9.0, true",
    "^1.0.0-rc.1, 2.0.0, false",
    "~1.2.3-rc.1, 1.2.3, true",
    "1.0.0-a - 1.2.0-b, 1.0.0, true",
    "1.0.0-a - 1.2.0-b, 1.2.0, false",
    "<2.0.0-0 >=1.0.0-0, 1.5.0, true",
  })
  void matches_rangeWithPrerelease_comparesWithIt(String range, String version, boolean expected) {
    assertEquals(expected, matches(range, version));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "",
        "   ",
        "\u00a0\ufeff\t",
        "x",
        "^*",
        "||",
        "9.9.9 ||",
        ">=*",
        "v*",
        "x - x",
        ">=1.2.3\u2003<\u20031.2.4",
        "~ >1.2.3",
        "~> >1.2",
        "> =1.2.3",
        "1.2.3*",
        "1.>=*2.3",
        "*>=1.2.3",
        "+build 1.2.3",
        "+a +b 1.2.3 - 2",
        "1 - =2.0.0-a",
        "~ +b 1.2",
        "1.2.3+*5",
        "=v=1.2",
        "vvv1",
        "^x.99999999999999999999",
        "1.2.3 - 1.2.3+5"
      })
  void matches_oddTextThatNpmAccepts_holds(String range) {
    assertTrue(matches(range, "1.2.3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "latest",
        "1.2.3.4",
        "01.2.3",
        "1.2.3-01",
        "1.2.3-",
        "1.2.3-a..b",
        "1.2.3-a.",
        "1.2.3-é",
        "1.2-beta",
        "x.2.3",
        "1.x.3",
        ">",
        ">=>=1",
        "=<1",
        "<>1",
        "> > 1",
        "> = 1.2.3",
        "^ ~1",
        "1.2.3,",
        "1.2.3 -2",
        "1 - 2 - 3",
        "- 2",
        "1 -",
        "1 - =2.0.0",
        "+a +b +c 1.2.3 - 2",
        "> +b 1",
        "1 | 2",
        "|||",
        "1.2.3 || latest",
        "latest || 1.2.3",
        "==1.2.3",
        "vv1.2.3",
        "V1.2.3",
        "1.+",
        "1.2.3+",
        "**",
        "9007199254740992",
        "<=9007199254740991",
        "^9007199254740991",
        "99999999999999999999.0.0",
        "\u0661.2.3",
        "\u00001.2.3"
      })
  void parse_textThatIsNoRange_matchesNothing(String text) {
    AppVersionRange range = AppVersionRange.parse(text);
    assertFalse(range.isValid());
    assertFalse(range.matches(new AppVersion(1, 2, 3)));
    assertEquals(text, range.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {">*", "<x", ">2 <1", "<0.0.0-0", "1.2.3-rc.1"})
  void parse_rangeThatNothingSatisfies_isValidAllTheSame(String text) {
    AppVersionRange range = AppVersionRange.parse(text);
    assertTrue(range.isValid());
    assertFalse(range.matches(new AppVersion(1, 2, 3)));
  }

  @Test
  void parse_versionOf256Characters_isTheLongestThatIsValid() {
    String longest = "1.0.0-" + "a".repeat(250);
    assertTrue(AppVersionRange.parse(">=" + longest).isValid());
    assertFalse(AppVersionRange.parse(">=" + longest + "a").isValid());
    assertFalse(AppVersionRange.parse("^" + longest + "a").isValid());
    assertFalse(AppVersionRange.parse("v" + longest).isValid());
  }

  @Test
  void parse_rangeOf8192Characters_isTheLongestThatIsValid() {
    String longest = "1||".repeat(8192 / 3) + "2 ";
    assertEquals(8192, longest.length());
    assertTrue(AppVersionRange.parse(longest).matches(new AppVersion(2, 0, 0)));
    assertFalse(AppVersionRange.parse(longest + " ").isValid());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "||", "1||", "> ", "1.2.3 ", " ", "v", "=", "v= ", "1", "1.", "-", "-a.", "+a", "+a.", "+",
        "*", ">*", "^ ", "~ ", "~> ", "<>=", "x.", "- ", " - ", "1 - 2||"
      })
  void parseAndMatch_hostileText_areQuick(String piece) {
    String text = piece.repeat(100_000 / piece.length());
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          assertFalse(matches(text, "0.0.0"));
          for (int length = 8092; length <= 8192; length++) {
            matches("1.0.0" + text.substring(0, length - 5), "9.9.9");
          }
        });
  }

  @Test
  void parse_randomText_neverThrows() {
    long seed = Long.getLong("hotupdater.seed", System.nanoTime());
    Random random = new Random(seed);
    System.out.println("AppVersionRangeTest: -Dhotupdater.seed=" + seed);
    String characters = "0123456789..--++xX**vV==<><>^^~~||||  \t\u00a0\ufeffab\ud83d\u0000";
    AppVersion version = new AppVersion(1, 0, 0);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(24); length > 0; length--) {
        text.append(characters.charAt(random.nextInt(characters.length())));
      }
      AppVersionRange range = AppVersionRange.parse(text.toString());
      assertTrue(range.isValid() || !range.matches(version), () -> "seed " + seed + ": " + text);
      assertEquals(text.toString(), range.toString());
    }
  }

  @Test
  void equals_goesByTheText() {
    AppVersionRange range = AppVersionRange.parse("1.x");
    assertEquals(AppVersionRange.parse("1.x"), range);
    assertEquals(AppVersionRange.parse("1.x").hashCode(), range.hashCode());
    assertNotEquals(AppVersionRange.parse("1"), range);
  }

  private static boolean matches(String range, String version) {
    AppVersionRange compiled = AppVersionRange.parse(range);
    return AppVersion.coerce(version).filter(compiled::matches).isPresent();
  }
}
