package dev.hotupdater.s3.database;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;

/** Makes of a store one that ignores the conditions of deletions. */
final class UnconditionalDeletes implements ExecutionInterceptor {
  @Override
  public SdkRequest modifyRequest(
      Context.ModifyRequest context, ExecutionAttributes executionAttributes) {
    SdkRequest request = context.request();
    return request instanceof DeleteObjectRequest
        ? ((DeleteObjectRequest) request).toBuilder().ifMatch(null).build()
        : request;
  }
}
