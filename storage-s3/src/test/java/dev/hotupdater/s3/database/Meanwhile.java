package dev.hotupdater.s3.database;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Lets something else happen before one of the requests of a client. */
final class Meanwhile implements ExecutionInterceptor {
  private final AtomicInteger requestsBefore = new AtomicInteger(Integer.MAX_VALUE);
  private volatile Runnable other = () -> {};

  /** Before this request, counted from 0 and from now, something happens. */
  void before(int request, Runnable other) {
    this.other = other;
    requestsBefore.set(request);
  }

  /** Whether it has happened. */
  boolean hasHappened() {
    return requestsBefore.get() < 0;
  }

  @Override
  public synchronized void beforeExecution(
      Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (requestsBefore.getAndDecrement() == 0) {
      other.run();
    }
  }
}
