package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
  @Test
  void toString_isTheFieldValue() {
    assertEquals("\"a-1\"", EntityTag.strong("a-1").toString());
    assertEquals("W/\"a-1\"", EntityTag.weak("a-1").toString());
  }

  @Test
  void parse_fieldValue_givesTheTag() {
    assertEquals(Optional.of(EntityTag.strong("a,b")), EntityTag.parse("\"a,b\""));
    assertEquals(Optional.of(EntityTag.weak("")), EntityTag.parse("W/\"\""));
    assertEquals(Optional.of(EntityTag.strong("\u00e9")), EntityTag.parse("\"\u00e9\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "'a'", "\"a", "w/\"a\"", "W\"a\"", "\"a b\"", "\"a\"\"", "*"})
  void parse_otherText_isNoTag(String text) {
    assertEquals(Optional.empty(), EntityTag.parse(text));
  }

  @Test
  void create_withQuoteOrSpace_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> EntityTag.strong("a\"b"));
    assertThrows(IllegalArgumentException.class, () -> EntityTag.weak("a b"));
  }

  /** The table of RFC 9110, section 8.8.3.2. */
  @ParameterizedTest
  @CsvSource({
    "W/\"1\", W/\"1\", false, true",
    "W/\"1\", W/\"2\", false, false",
    "W/\"1\", \"1\",   false, true",
    "\"1\",   \"1\",   true,  true"
  })
  void matches_followsTheTableOfTheStandard(
      String one, String other, boolean strongly, boolean weakly) {
    EntityTag first = EntityTag.parse(one).orElseThrow();
    EntityTag second = EntityTag.parse(other).orElseThrow();

    assertEquals(strongly, first.matchesStrongly(second));
    assertEquals(strongly, second.matchesStrongly(first));
    assertEquals(weakly, first.matchesWeakly(second));
    assertEquals(weakly, second.matchesWeakly(first));
  }
}
