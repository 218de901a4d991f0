package dev.hotupdater.s3.database;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Makes of a store one that refuses deletions with conditions, as it does not know them. */
final class UnknownConditionsOfDeletes implements ExecutionInterceptor {
  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (context.request() instanceof DeleteObjectRequest
        && ((DeleteObjectRequest) context.request()).ifMatch() != null) {
      throw S3Exception.builder()
          .statusCode(501)
          .awsErrorDetails(AwsErrorDetails.builder().errorCode("NotImplemented").build())
          .build();
    }
  }
}
