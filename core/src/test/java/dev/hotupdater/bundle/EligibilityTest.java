package dev.hotupdater.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EligibilityTest {
  private static final String BUNDLE = "01971b71-9e7b-77fb-8712-dccd4363b34a";
  private static final Set<Cohort> NO_TARGETS = Set.of();

  /** Rows: bundle id, cohort or null, rollout count or null, target cohorts or null, eligible. */
  @Test
  void goldenRows_areAllAnsweredAsTheNodeServerDoes() {
    List<JsonNode> rows =
        GoldenRows.read("rollout.jsonl").stream().filter(JsonNode::isArray).toList();
    assertEquals(1200, rows.size());
    for (JsonNode row : rows) {
      Set<Cohort> targets = new HashSet<>();
      row.get(3).forEach(target -> targets.add(Cohort.of(target.textValue())));
      boolean eligible =
          Eligibility.isEligible(
              row.get(0).textValue(),
              row.get(1).isNull() ? Optional.empty() : cohort(row.get(1).textValue()),
              row.get(2).isNull() ? Rollout.FULL : Rollout.of(row.get(2).intValue()),
              targets);
      assertEquals(row.get(4).booleanValue(), eligible, row::toString);
    }
  }

  @Test
  void includes_targetedCohort_whateverTheRollout() {
    Set<Cohort> targets = Set.of(Cohort.of("qa"), Cohort.of("7"));
    Eligibility nobodyElse = Eligibility.of(BUNDLE, Rollout.of(0), targets);
    assertTrue(nobodyElse.includes(cohort(" QA ")));
    assertTrue(nobodyElse.includes(cohort("007")));
    assertFalse(nobodyElse.includes(cohort("8")));
    assertFalse(nobodyElse.includes(Optional.empty()));
  }

  @Test
  void includes_noCohort_onlyAtFullRollout() {
    assertTrue(Eligibility.of(BUNDLE, Rollout.FULL, NO_TARGETS).includes(Optional.empty()));
    assertFalse(Eligibility.of(BUNDLE, Rollout.of(999), NO_TARGETS).includes(Optional.empty()));
  }

  @Test
  void includes_customOrInvalidCohortThatIsNotTargeted_neverAtAnyRollout() {
    for (int count : new int[] {0, 999, 1000}) {
      Eligibility eligibility = Eligibility.of(BUNDLE, Rollout.of(count), NO_TARGETS);
      for (String cohort : List.of("qa", "", "0", "1001", "a b")) {
        assertFalse(eligibility.includes(cohort(cohort)), cohort);
      }
    }
  }

  @Test
  void includes_growingRollout_addsOneNumericCohortAtATime() {
    Set<Integer> reached = new HashSet<>();
    for (int count = 0; count <= 1000; count++) {
      Eligibility eligibility = Eligibility.of(BUNDLE, Rollout.of(count), NO_TARGETS);
      Set<Integer> now = new HashSet<>();
      for (int cohort = 1; cohort <= 1000; cohort++) {
        if (eligibility.includes(cohort(Integer.toString(cohort)))) {
          now.add(cohort);
        }
      }
      assertEquals(count, now.size());
      assertTrue(now.containsAll(reached));
      reached = now;
    }
  }

  @Test
  void includes_targetSetChangedAfterwards_keepsTheOldOne() {
    Set<Cohort> targets = new HashSet<>(Set.of(Cohort.of("qa")));
    Eligibility eligibility = Eligibility.of(BUNDLE, Rollout.of(0), targets);
    targets.clear();
    assertTrue(eligibility.includes(cohort("qa")));
  }

  private static Optional<Cohort> cohort(String text) {
    return Optional.of(Cohort.of(text));
  }
}
