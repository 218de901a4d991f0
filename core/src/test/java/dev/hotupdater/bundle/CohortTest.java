package dev.hotupdater.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CohortTest {
  /** Rows: text, normalised text, number or null, custom, valid, default cohort of the text. */
  @Test
  void goldenRows_areAllAnsweredAsTheNodeServerDoes() {
    List<JsonNode> rows = GoldenRows.read("cohorts.jsonl");
    assertEquals(427, rows.size());
    for (JsonNode row : rows) {
      String text = row.get(0).textValue();
      Cohort cohort = Cohort.of(text);
      assertEquals(row.get(1).textValue(), cohort.toString(), row::toString);
      assertEquals(number(row.get(2)), cohort.number(), row::toString);
      assertEquals(!row.get(2).isNull(), cohort.isNumeric(), row::toString);
      assertEquals(row.get(3).booleanValue(), cohort.isCustom(), row::toString);
      assertEquals(row.get(4).booleanValue(), cohort.isValid(), row::toString);
      assertEquals(Cohort.of(row.get(5).textValue()), Cohort.defaultFor(text), row::toString);
    }
  }

  private static OptionalInt number(JsonNode json) {
    return json.isNull() ? OptionalInt.empty() : OptionalInt.of(json.intValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "007", " 7 ", "\u00a07\ufeff", "\t\u20287\n"})
  void of_sameNumberWrittenDifferently_isTheSameCohort(String text) {
    assertEquals(Cohort.of("7"), Cohort.of(text));
    assertEquals(Cohort.of("7").hashCode(), Cohort.of(text).hashCode());
  }

  @Test
  void of_turkishDefaultLocale_lowersLettersAllTheSame() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertEquals("internal", Cohort.of("INTERNAL").toString());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void isCustom_nameOf64Characters_isTheLongest() {
    assertTrue(Cohort.of("a".repeat(Cohort.MAX_LENGTH)).isCustom());
    assertFalse(Cohort.of("a".repeat(Cohort.MAX_LENGTH + 1)).isCustom());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1001", "000", "99999999999999999999", "a b", "a_b", "\u0085qa"})
  void isValid_neitherNumberInRangeNorName_isFalse(String text) {
    Cohort cohort = Cohort.of(text);
    assertFalse(cohort.isValid());
    assertFalse(cohort.isNumeric());
    assertFalse(cohort.isCustom());
    assertEquals(OptionalInt.empty(), cohort.number());
  }

  @Test
  void defaultFor_otherDevices_isSpreadOverTheNumericCohorts() {
    Cohort one = Cohort.defaultFor("device-1");
    assertEquals(one, Cohort.defaultFor("device-1"));
    assertNotEquals(one, Cohort.defaultFor("device-2"));
    // This text has the hash code with the greatest magnitude, which has no positive counterpart.
    assertEquals(Integer.MIN_VALUE, "polygenelubricants".hashCode());
    assertTrue(Cohort.defaultFor("polygenelubricants").isNumeric());
  }
}
