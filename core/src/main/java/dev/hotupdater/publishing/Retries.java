package dev.hotupdater.publishing;

import dev.hotupdater.release.ReleaseId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What has failed is tried again after one round, then after 2, 4 and so on, up to 128. Not for use
 * by several threads.
 */
final class Retries {
  private static final int MAX_DOUBLINGS = 7;

  private final Map<ReleaseId, Failures> failing = new HashMap<>();
  private long round;

  private record Failures(int number, long nextRound) {}

  /** Begins a round in which there are these; others are forgotten. */
  void beginRound(Collection<ReleaseId> all) {
    round++;
    failing.keySet().retainAll(all);
  }

  boolean isDue(ReleaseId id) {
    Failures failures = failing.get(id);
    return failures == null || failures.nextRound() <= round;
  }

  /** Returns whether this is the first failure in a row, which is worth a line in the log. */
  boolean failed(ReleaseId id) {
    Failures before = failing.get(id);
    int number = before == null ? 1 : before.number() + 1;
    failing.put(id, new Failures(number, round + (1L << Math.min(number - 1, MAX_DOUBLINGS))));
    return number == 1;
  }

  void succeeded(ReleaseId id) {
    failing.remove(id);
  }
}
