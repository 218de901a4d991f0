package dev.hotupdater.benchmarks.http;

import java.time.Duration;
import java.util.List;

/**
 * How long the sides are measured.
 *
 * @param rounds how many times each
 * @param round how long each time
 * @param warmUp how long each is warmed up
 * @param connections how many connections ask at the same time
 * @param bundles the sizes of the catalogues
 */
record Effort(int rounds, Duration round, Duration warmUp, int connections, List<Integer> bundles) {
  private static final int CONNECTIONS = 32;

  static Effort quick() {
    return new Effort(
        2, Duration.ofSeconds(1), Duration.ofSeconds(2), CONNECTIONS, List.of(1, 20_000));
  }

  static Effort full() {
    return new Effort(
        7,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        CONNECTIONS,
        List.of(1, 100, 1_000, 20_000));
  }

  /**
   * The same with longer rounds, for a server that answers so little that a short one is coarse.
   */
  Effort withLongerRounds() {
    return new Effort(rounds, round.multipliedBy(3), warmUp, connections, bundles);
  }

  /** The same with other sizes. */
  Effort withBundles(List<Integer> sizes) {
    return new Effort(rounds, round, warmUp, connections, sizes);
  }
}
