package dev.hotupdater.s3.database;

import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The first replacement of the list of releases is refused, as if it was in conflict with a request
 * before it that has the same content; which arrives only when the writer has looked once whether
 * it did.
 */
final class LateRoot implements ExecutionInterceptor {
  private static final String ROOT = "/root.json";
  private static final int LOOKS = 2;

  private final MetadataTestBucket bucket;
  private Optional<String> late = Optional.empty();
  private int looks;

  LateRoot(MetadataTestBucket bucket) {
    this.bucket = bucket;
  }

  @Override
  public synchronized SdkRequest modifyRequest(
      Context.ModifyRequest context, ExecutionAttributes attributes) {
    SdkRequest request = context.request();
    boolean isFirst =
        request instanceof PutObjectRequest
            && ((PutObjectRequest) request).key().endsWith(ROOT)
            && late.isEmpty();
    return isFirst
        ? ((PutObjectRequest) request).toBuilder().ifMatch("\"other\"").build()
        : request;
  }

  @Override
  public synchronized void afterMarshalling(
      Context.AfterMarshalling context, ExecutionAttributes attributes) {
    SdkRequest request = context.request();
    if (request instanceof PutObjectRequest
        && ((PutObjectRequest) request).key().endsWith(ROOT)
        && late.isEmpty()) {
      try (InputStream body =
          context.requestBody().orElseThrow().contentStreamProvider().newStream()) {
        late = Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public synchronized void beforeExecution(
      Context.BeforeExecution context, ExecutionAttributes attributes) {
    SdkRequest request = context.request();
    if (request instanceof GetObjectRequest
        && ((GetObjectRequest) request).key().endsWith(ROOT)
        && late.isPresent()
        && ++looks == LOOKS) {
      bucket.write(((GetObjectRequest) request).key(), late.get());
    }
  }
}
