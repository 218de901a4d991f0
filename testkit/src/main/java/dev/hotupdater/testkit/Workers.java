package dev.hotupdater.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that do something again and again beside a test, until it stops them. */
final class Workers implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final ExecutorService threads;
  private final List<Future<?>> results = new ArrayList<>();
  private final AtomicLong rounds = new AtomicLong();
  private volatile boolean stopped;

  private Workers(ExecutorService threads) {
    this.threads = threads;
  }

  /** What a thread does; it ends on its own. */
  interface Work {
    void run() throws Exception;
  }

  /** Does each of these on a thread of its own, over and over. */
  static Workers repeat(List<Work> work) {
    Workers workers = new Workers(Executors.newFixedThreadPool(work.size()));
    for (Work one : work) {
      workers.results.add(workers.threads.submit(() -> workers.repeat(one)));
    }
    return workers;
  }

  private Void repeat(Work work) throws Exception {
    while (!stopped) {
      work.run();
      rounds.incrementAndGet();
    }
    return null;
  }

  /** Does all of these at the same time, once, and waits for them; throws what one has thrown. */
  static void runAll(List<Work> work) throws Exception {
    List<Callable<Void>> calls = new ArrayList<>();
    for (Work one : work) {
      calls.add(
          () -> {
            one.run();
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      for (Future<Void> result : threads.invokeAll(calls, LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** How often something has been done so far. */
  long rounds() {
    return rounds.get();
  }

  /** Fails if a thread has failed, which ends its work. */
  void assertWorking() throws Exception {
    for (Future<?> result : results) {
      if (result.isDone()) {
        result.get();
      }
    }
  }

  /**
   * Lets the threads end what they are doing and throws what one of them has thrown.
   *
   * @return how often something has been done
   */
  long stop() throws Exception {
    stopped = true;
    for (Future<?> result : results) {
      result.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }
    return rounds();
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }
}
