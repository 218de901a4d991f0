package dev.hotupdater.s3;

import dev.hotupdater.storage.WritableStorage;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** An object that is written in parts and appears when it is complete. Used by one thread. */
final class MultipartUpload {
  private final S3Client client;
  private final String bucket;
  private final String key;
  private final String id;
  private final AwsRequestOverrideConfiguration limits;
  private final List<CompletedPart> parts = new ArrayList<>();

  private MultipartUpload(
      S3Client client,
      String bucket,
      String key,
      String id,
      AwsRequestOverrideConfiguration limits) {
    this.client = client;
    this.bucket = bucket;
    this.key = key;
    this.id = id;
    this.limits = limits;
  }

  /**
   * Begins an upload, which has to be completed or aborted.
   *
   * @param limits how long each of its calls may take
   */
  static MultipartUpload begin(
      S3Client client,
      String bucket,
      String key,
      String contentType,
      AwsRequestOverrideConfiguration limits) {
    String id =
        client
            .createMultipartUpload(
                request ->
                    request
                        .bucket(bucket)
                        .key(key)
                        .contentType(contentType)
                        .cacheControl(WritableStorage.CACHE_CONTROL))
            .uploadId();
    return new MultipartUpload(client, bucket, key, id, limits);
  }

  void add(RequestBody body, long length) {
    int number = parts.size() + 1;
    UploadPartResponse answer =
        client.uploadPart(
            UploadPartRequest.builder()
                .bucket(bucket)
                .key(key)
                .uploadId(id)
                .partNumber(number)
                .contentLength(length)
                .overrideConfiguration(limits)
                .build(),
            body);
    parts.add(CompletedPart.builder().partNumber(number).eTag(answer.eTag()).build());
  }

  void complete() {
    client.completeMultipartUpload(
        request ->
            request
                .bucket(bucket)
                .key(key)
                .uploadId(id)
                .multipartUpload(completed -> completed.parts(parts))
                .overrideConfiguration(limits));
  }

  /** Gives the parts up. If that fails as well, the failure goes along with the first. */
  void abortAfter(Throwable failure) {
    // A thread that was interrupted could make no call.
    boolean interrupted = Thread.interrupted();
    try {
      client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(id));
    } catch (SdkException e) {
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
