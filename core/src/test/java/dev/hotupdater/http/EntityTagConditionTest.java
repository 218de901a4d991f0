package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagConditionTest {
  private static final EntityTag A = EntityTag.strong("a");

  @Test
  void parse_list_namesItsTags() {
    assertEquals(
        List.of(A, EntityTag.weak("b,c"), EntityTag.strong("")),
        EntityTagCondition.parse("\"a\", W/\"b,c\" ,\"\"").tags());
  }

  @Test
  void parse_emptyElements_areSkipped() {
    assertEquals(List.of(A), EntityTagCondition.parse(" , ,\"a\",").tags());
  }

  @Test
  void parse_star_matchesEverything() {
    EntityTagCondition any = EntityTagCondition.parse(" * ");

    assertTrue(any.matchesStrongly(A));
    assertTrue(any.matchesWeakly(EntityTag.weak("x")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "\"a\" \"b\"", "\"a\", b", "\"a\", *", "\"a", "\"a\"x"})
  void parse_otherText_matchesNothing(String text) {
    EntityTagCondition condition = EntityTagCondition.parse(text);

    assertEquals(new EntityTagCondition(false, List.of()), condition);
    assertFalse(condition.matchesWeakly(A));
  }

  @Test
  void of_severalLines_isOneList() {
    HttpHeaders headers =
        HttpHeaders.builder().add("If-Match", "\"a\"").add("If-Match", "\"b\"").build();

    assertEquals(
        Optional.of(new EntityTagCondition(false, List.of(A, EntityTag.strong("b")))),
        EntityTagCondition.of(headers, "if-match"));
    assertEquals(Optional.empty(), EntityTagCondition.of(headers, "If-None-Match"));
  }

  @Test
  void parse_longHostileText_takesNoTimeToSpeakOf() {
    String hostile = " \t".repeat(50_000) + "\"" + ",".repeat(50_000) + "x\"".repeat(20_000);

    assertTimeout(Duration.ofSeconds(2), () -> EntityTagCondition.parse(hostile));
  }
}
