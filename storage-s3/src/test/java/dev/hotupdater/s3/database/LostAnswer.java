package dev.hotupdater.s3.database;

import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Loses the first answer to the replacement of the list of releases, after something happened. */
final class LostAnswer implements ExecutionInterceptor {
  private final Runnable meanwhile;
  private final AtomicBoolean isLost = new AtomicBoolean();

  LostAnswer(Runnable meanwhile) {
    this.meanwhile = meanwhile;
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    boolean isRoot =
        context.request() instanceof PutObjectRequest
            && ((PutObjectRequest) context.request()).key().endsWith("/root.json");
    if (isRoot && isLost.compareAndSet(false, true)) {
      meanwhile.run();
      throw SdkClientException.create("The answer is lost");
    }
  }
}
