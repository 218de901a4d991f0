package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts hints, and waits for them. */
final class Hints implements Runnable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final AtomicInteger count = new AtomicInteger();

  @Override
  public void run() {
    count.incrementAndGet();
  }

  int count() {
    return count.get();
  }

  void awaitMoreThan(int before) throws Exception {
    await(() -> count.get() > before, "no hint came after " + before);
  }

  /** Waits until no hint has come for so long, so that the next one has a reason of its own. */
  int awaitSilence(Duration silence) throws Exception {
    int before = count.get();
    long since = System.nanoTime();
    while (System.nanoTime() - since < silence.toNanos()) {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
      if (count.get() != before) {
        before = count.get();
        since = System.nanoTime();
      }
    }
    return before;
  }

  /** Waits for a condition, for a generous time. */
  static void await(Callable<Boolean> condition, String otherwise) throws Exception {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.call() && System.nanoTime() < deadline) {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
    assertTrue(condition.call(), otherwise);
  }

  /** Waits until no database of this process has a thread for hints. */
  static void awaitNoThread() throws Exception {
    await(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("hotupdater-jdbc-hints")),
        "a thread for hints is left");
  }
}
