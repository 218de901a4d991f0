package dev.hotupdater.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {
  /** Rows: a bundle id and the positions of its first cohorts, in the order of the cohorts. */
  @Test
  void goldenPositions_areAllWhereTheNodeServerPutsThem() {
    List<JsonNode> rows =
        GoldenRows.read("rollout.jsonl").stream().filter(JsonNode::isObject).toList();
    assertEquals(15, rows.size());
    int positions = 0;
    for (JsonNode row : rows) {
      String bundleId = row.get("bundleId").textValue();
      RolloutOrder order = RolloutOrder.of(bundleId);
      int cohort = 0;
      for (JsonNode position : row.get("positions")) {
        cohort++;
        assertEquals(position.intValue(), order.position(cohort), bundleId);
        assertEquals(position.intValue(), Rollout.position(bundleId, cohort), bundleId);
        positions++;
      }
    }
    assertEquals(4660, positions);
  }

  @Test
  void position_allCohorts_areAllDifferent() {
    for (int bundle = 0; bundle < 2000; bundle++) {
      RolloutOrder order = RolloutOrder.of("bundle-" + bundle);
      BitSet taken = new BitSet();
      for (int cohort = 1; cohort <= 1000; cohort++) {
        taken.set(order.position(cohort));
      }
      assertEquals(1000, taken.cardinality());
      assertEquals(1000, taken.length());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE})
  void position_cohortOutOfRange_isRefused(int cohort) {
    RolloutOrder order = RolloutOrder.of("bundle");
    assertThrows(IllegalArgumentException.class, () -> order.position(cohort));
    assertThrows(IllegalArgumentException.class, () -> Rollout.position("bundle", cohort));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 1001, Integer.MAX_VALUE})
  void of_countOutOfRange_isRefusedWithTheRange(int count) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Rollout.of(count));
    assertEquals(
        "rolloutCohortCount must be between 0 and 1000, but is " + count, refused.getMessage());
  }

  @Test
  void of_count_isKept() {
    assertEquals(0, Rollout.of(0).count());
    assertEquals(250, Rollout.of(250).count());
    assertFalse(Rollout.of(999).isFull());
    assertTrue(Rollout.of(1000).isFull());
    assertSame(Rollout.FULL, Rollout.of(1000));
  }

  @Test
  void equals_goesByTheCount() {
    assertEquals(Rollout.of(250), Rollout.of(250));
    assertEquals(Rollout.of(250).hashCode(), Rollout.of(250).hashCode());
    assertNotEquals(Rollout.of(250), Rollout.of(251));
    assertEquals("250/1000", Rollout.of(250).toString());
  }
}
