package dev.hotupdater.s3.database;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Makes of a store one in which somebody else always replaces the list of releases first. */
final class RefusedRoot implements ExecutionInterceptor {
  @Override
  public SdkRequest modifyRequest(
      Context.ModifyRequest context, ExecutionAttributes executionAttributes) {
    SdkRequest request = context.request();
    boolean isRoot =
        request instanceof PutObjectRequest
            && ((PutObjectRequest) request).key().endsWith("/root.json");
    return isRoot
        ? ((PutObjectRequest) request).toBuilder().ifNoneMatch(null).ifMatch("\"other\"").build()
        : request;
  }
}
