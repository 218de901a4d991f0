package dev.hotupdater.s3.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTextTest {
  /** Ranges, and what the Node plugin makes of them. */
  private static final Map<String, String> NORMALISED =
      Map.of(
          ">= 1.0.0 < 2.0.0", ">=1.0.0 <2.0.0",
          "  ~ 1.2 ||\t^  2.x ", "~1.2 || ^2.x",
          "1.0.0  -  2.0.0", "1.0.0 - 2.0.0",
          "> =1.0", "> =1.0",
          ">= v1.0", ">= v1.0",
          "^ 1.0 ~  2", "^1.0 ~2",
          "\u00a0>=\u3000 1\ufeff", ">=1",
          "> \u0661", "> \u0661",
          "1.x", "1.x");

  @Test
  void range_isNormalisedAsTheNodePluginDoes() {
    NORMALISED.forEach(
        (range, expected) -> assertEquals(expected, TargetText.normalise(range), range));
  }
}
