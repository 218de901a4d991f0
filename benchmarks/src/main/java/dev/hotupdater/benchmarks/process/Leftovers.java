package dev.hotupdater.benchmarks.process;

import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What is put away at the latest when this process ends, also by a signal: the newest first. */
final class Leftovers {
  private static final Deque<Runnable> ALL = new ConcurrentLinkedDeque<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::putAway, "put-away"));
  }

  private Leftovers() {}

  private static void putAway() {
    for (Optional<Runnable> next = newest(); next.isPresent(); next = newest()) {
      next.get().run();
    }
  }

  private static Optional<Runnable> newest() {
    return Optional.ofNullable(ALL.pollFirst());
  }

  static void add(Runnable putAway) {
    ALL.addFirst(putAway);
  }

  static void remove(Runnable putAway) {
    ALL.remove(putAway);
  }
}
