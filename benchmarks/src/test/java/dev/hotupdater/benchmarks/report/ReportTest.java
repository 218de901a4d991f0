package dev.hotupdater.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void goal_atItsLimit_isMet() {
    assertTrue(Goal.atMost(200, "ns").isMetBy(200));
    assertFalse(Goal.atMost(200, "ns").isMetBy(200.1));
    assertTrue(Goal.atLeast(0.9, "").isMetBy(0.9));
    assertFalse(Goal.atLeast(0.9, "").isMetBy(0.89));
  }

  @Test
  void goal_ofNoMeasuredValue_isNotMet() {
    assertFalse(Goal.atMost(200, "ns").isMetBy(Double.NaN));
    assertFalse(Goal.atLeast(0.9, "").isMetBy(Double.NaN));
  }

  @Test
  void verdict_tellsTheGoal() {
    assertEquals("<= 1,200 ms: yes", Goal.atMost(1_200, "ms").verdict(1));
    assertEquals(">= 0.85: **no**", Goal.atLeast(0.85, "").verdict(0.5));
  }

  @Test
  void table_isMarkdown() {
    assertEquals(
        """
        | a | b |
        | --- | --- |
        | 1 | 20,000 |
        """,
        Table.of("a", "b").row("1", Numbers.whole(20_000)).toString());
  }

  @Test
  void row_withOtherCellsThanColumns_isRefused() {
    Table table = Table.of("a", "b");
    assertThrows(IllegalArgumentException.class, () -> table.row("1"));
  }

  @Test
  void attempt_thatIsNotPossible_isNoted() {
    Report report = Report.create();
    report.attempt(
        "wrk",
        () -> {
          throw new LeftOutException("there is no wrk");
        });
    assertTrue(report.toString().contains("Left out, wrk: there is no wrk."));
    assertEquals(0, report.exitCode());
  }
}
