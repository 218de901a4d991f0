package dev.hotupdater.internal;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs calls into plugins so that one which hangs costs its caller a bounded time and the server a
 * bounded number of threads. Safe for use by many threads.
 */
public final class BoundedCalls implements AutoCloseable {
  private static final int MAX_THREADS = 64;
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor threads;
  private final Duration timeout;

  /** Creates it with the time after which a call is given up. */
  public BoundedCalls(Duration timeout) {
    this.timeout = timeout;
    threads =
        new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "hotupdater-call");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * The result of a call, or what it throws.
   *
   * @throws CallTimeoutException if it takes too long, or too many others have not returned yet
   */
  public <T> T call(Supplier<T> call) {
    Future<T> future;
    try {
      future = threads.submit(call::get);
    } catch (RejectedExecutionException e) {
      throw new CallTimeoutException(
          MAX_THREADS + " calls have not returned yet, or the server is closed.", e);
    }
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new CallTimeoutException("No answer within " + timeout + ".", e);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new CallTimeoutException("Interrupted while waiting for an answer.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException) {
        throw (RuntimeException) e.getCause();
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** A call into a plugin took too long. */
  public static final class CallTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallTimeoutException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
