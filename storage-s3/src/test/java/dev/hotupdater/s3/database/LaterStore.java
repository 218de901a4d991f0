package dev.hotupdater.s3.database;

import java.time.Duration;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** A store that has written the root later than it did, so that everything else is older. */
final class LaterStore implements ExecutionInterceptor {
  private final Duration time;

  LaterStore(Duration time) {
    this.time = time;
  }

  @Override
  public SdkResponse modifyResponse(
      Context.ModifyResponse context, ExecutionAttributes attributes) {
    if (context.response() instanceof HeadObjectResponse) {
      HeadObjectResponse head = (HeadObjectResponse) context.response();
      return head.toBuilder().lastModified(head.lastModified().plus(time)).build();
    }
    return context.response();
  }
}
