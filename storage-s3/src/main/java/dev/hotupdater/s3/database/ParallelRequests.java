package dev.hotupdater.s3.database;

import dev.hotupdater.database.DatabaseUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Sends many requests a few at a time: one after the other would take a second for each twenty. */
final class ParallelRequests {
  private static final int AT_ONCE = 8;

  private ParallelRequests() {}

  /**
   * Sends a request for each input; the answers are in the same order. Ends at the first failure.
   */
  static <A, R> List<R> map(Collection<A> inputs, Function<A, R> request) {
    if (inputs.size() <= 1) {
      return inputs.stream().map(request).toList();
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(AT_ONCE, inputs.size()), ParallelRequests::daemonThread);
    try {
      List<Future<R>> answers = new ArrayList<>();
      inputs.forEach(input -> answers.add(threads.submit(() -> request.apply(input))));
      List<R> results = new ArrayList<>();
      for (Future<R> answer : answers) {
        results.add(await(answer));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread daemonThread(Runnable work) {
    Thread thread = new Thread(work, "hot-updater-s3-requests");
    thread.setDaemon(true);
    return thread;
  }

  private static <R> R await(Future<R> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException("Interrupted while waiting for the store.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException) {
        throw (RuntimeException) e.getCause();
      }
      throw new IllegalStateException("A request failed unexpectedly", e);
    }
  }
}
