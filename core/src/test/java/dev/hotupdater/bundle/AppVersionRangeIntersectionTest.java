package dev.hotupdater.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppVersionRangeIntersectionTest {
  @ParameterizedTest
  @CsvSource({
    "1.x, 1.2.3, true",
    "1.x, 2.x, false",
    "*, 1.0.0, true",
    "*, *, true",
    "<1.0.0, >=1.0.0, false",
    "<=1.0.0, >=1.0.0, true",
    ">1.0.0, <1.0.2, true",
    ">1.0.0, <1.0.1, false",
    ">1.0.0 <1.0.1, *, false",
    "1.0.0 || 3.0.0, 2.x || 3.x, true",
    "1.0.0 || 3.0.0, 2.x || 4.x, false",
    ">=5.0.0, <0.1.0, false",
    ">=5.0.0, >=6.1.0, true",
    "latest, *, false",
    "9007199254740991.9007199254740991.9007199254740991, *, true",
    ">9007199254740991.9007199254740991.9007199254740991, *, false",
  })
  void intersects_goesBothWays(String one, String other, boolean expected) {
    assertEquals(expected, range(one).intersects(range(other)));
    assertEquals(expected, range(other).intersects(range(one)));
  }

  @Test
  void intersects_randomRanges_agreesWithTryingEveryVersion() {
    long seed = Long.getLong("hotupdater.seed", System.nanoTime());
    Random random = new Random(seed);
    System.out.println("AppVersionRangeIntersectionTest: -Dhotupdater.seed=" + seed);
    for (int i = 0; i < 2_000; i++) {
      String one = randomRange(random);
      String other = randomRange(random);
      assertEquals(
          commonVersion(range(one), range(other)),
          range(one).intersects(range(other)),
          () -> "seed " + seed + ": [" + one + "] and [" + other + "]");
    }
  }

  private static String randomRange(Random random) {
    String[] operators = {"", "<", "<=", ">", ">=", "^", "~"};
    StringBuilder range = new StringBuilder();
    do {
      range.append(range.length() == 0 ? "" : random.nextInt(3) == 0 ? " || " : " ");
      range.append(operators[random.nextInt(operators.length)]);
      range.append(random.nextInt(3)).append('.').append(random.nextInt(3));
      range.append(random.nextBoolean() ? "" : "." + random.nextInt(3));
    } while (random.nextInt(2) == 0);
    return range.toString();
  }

  /** Every version that the points of a random range can tell from the others. */
  private static boolean commonVersion(AppVersionRange one, AppVersionRange other) {
    for (int version = 0; version < 5 * 5 * 5; version++) {
      AppVersion tried = new AppVersion(version / 25, version / 5 % 5, version % 5);
      if (one.matches(tried) && other.matches(tried)) {
        return true;
      }
    }
    return false;
  }

  private static AppVersionRange range(String text) {
    return AppVersionRange.parse(text);
  }
}
