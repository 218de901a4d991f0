package dev.hotupdater.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionTest {
  @Test
  void median_ofOddCount_isTheMiddle() {
    assertEquals(3, Distribution.of(9, 1, 3).median());
  }

  @Test
  void median_ofEvenCount_isBetweenTheTwoInTheMiddle() {
    assertEquals(2.5, Distribution.of(List.of(9.0, 2.0, 1.0, 3.0)).median());
  }

  @Test
  void bounds_ofUnsortedValues_areFound() {
    Distribution values = Distribution.of(5, -2, 7, 0);
    assertEquals(-2, values.min());
    assertEquals(7, values.max());
    assertEquals(4, values.size());
  }

  @Test
  void percentile_ofHundredValues_isTheValueOfThatRank() {
    Distribution values = Distribution.of(IntStream.rangeClosed(1, 100).asDoubleStream().toArray());
    assertEquals(50, values.percentile(50));
    assertEquals(99, values.percentile(99));
    assertEquals(100, values.percentile(99.5));
    assertEquals(1, values.percentile(0.1));
  }

  @Test
  void percentile_ofFewValues_isNotBelowThem() {
    assertEquals(8, Distribution.of(8, 1).percentile(99));
    assertEquals(1, Distribution.of(1).percentile(99));
  }

  @Test
  void of_noValues_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Distribution.of());
  }
}
