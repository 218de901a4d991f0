package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.report.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Two sides that were measured in turns, so that what slows the machine down for a while hits both.
 * A ratio is always one of two neighbours.
 *
 * @param first what one side gave, round by round
 * @param second what the other gave
 */
record Paired<T>(List<T> first, List<T> second) {
  /** Measures both sides in every round, each as often before the other as after it. */
  static <T> Paired<T> measure(int rounds, Side first, Side second, Function<Side, T> figure) {
    Paired<T> paired = new Paired<>(new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        paired.first.add(figure.apply(first));
        paired.second.add(figure.apply(second));
      } else {
        paired.second.add(figure.apply(second));
        paired.first.add(figure.apply(first));
      }
    }
    return paired;
  }

  /** The first side's value divided by the second's, of all rounds. */
  Distribution ratio(ToDoubleFunction<T> value) {
    return Distribution.of(
        IntStream.range(0, first.size())
            .mapToDouble(
                round ->
                    value.applyAsDouble(first.get(round)) / value.applyAsDouble(second.get(round)))
            .toArray());
  }

  double medianOfFirst(ToDoubleFunction<T> value) {
    return median(first, value);
  }

  double medianOfSecond(ToDoubleFunction<T> value) {
    return median(second, value);
  }

  private static <T> double median(List<T> values, ToDoubleFunction<T> value) {
    return Distribution.of(values.stream().mapToDouble(value).toArray()).median();
  }
}
