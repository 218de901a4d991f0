package dev.hotupdater.benchmarks.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.benchmarks.report.Distribution;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedTest {
  private static final Traffic TRAFFIC = new Traffic(List.of("/a", "/b"), "");
  private static final Side FIRST = new Side("first", 1, TRAFFIC);
  private static final Side SECOND = new Side("second", 2, TRAFFIC);

  @Test
  void measure_takesTurnsAndChangesTheOrder() {
    List<String> order = new ArrayList<>();

    Paired.measure(
        2,
        FIRST,
        SECOND,
        side -> {
          order.add(side.name());
          return 1.0;
        });

    assertEquals(List.of("first", "second", "second", "first"), order);
  }

  @Test
  void ratio_isThatOfEachRound() {
    Paired<Double> paired = new Paired<>(List.of(1.0, 30.0, 8.0), List.of(2.0, 10.0, 8.0));

    Distribution ratio = paired.ratio(Double::doubleValue);

    assertEquals(0.5, ratio.min());
    assertEquals(1, ratio.median());
    assertEquals(3, ratio.max());
    assertEquals(8, paired.medianOfFirst(Double::doubleValue));
    assertEquals(8, paired.medianOfSecond(Double::doubleValue));
  }

  @Test
  void script_namesEveryPathAndTheHeader() {
    String script = WrkScript.of(TRAFFIC.paths(), "X-Version", "1.2.3");

    assertTrue(script.contains("\"/a\",\n\"/b\","), script);
    assertTrue(script.contains("wrk.headers[\"X-Version\"] = \"1.2.3\""), script);
    assertTrue(script.contains("requests=%d micros=%d errors=%d\\n"), script);
  }
}
