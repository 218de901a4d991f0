package dev.hotupdater.s3.database;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/** Makes of a store one that lists two objects at a time. */
final class SmallPages implements ExecutionInterceptor {
  @Override
  public SdkRequest modifyRequest(
      Context.ModifyRequest context, ExecutionAttributes executionAttributes) {
    SdkRequest request = context.request();
    return request instanceof ListObjectsV2Request list
        ? list.toBuilder().maxKeys(2).build()
        : request;
  }
}
