package dev.hotupdater.s3.database;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Holds the first write of an object with bundles back. */
final class HeldRequest implements ExecutionInterceptor {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  void awaitReached() throws InterruptedException {
    if (!reached.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("no object is written");
    }
  }

  void release() {
    released.countDown();
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    boolean isHeld =
        context.request() instanceof PutObjectRequest
            && ((PutObjectRequest) context.request()).key().endsWith("/update.json");
    if (!isHeld || released.getCount() == 0) {
      return;
    }
    reached.countDown();
    try {
      if (!released.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the request is never released");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
