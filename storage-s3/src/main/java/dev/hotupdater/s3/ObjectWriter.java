package dev.hotupdater.s3;

import dev.hotupdater.storage.SizedContent;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.WritableStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Writes objects with one call, or in parts if they are larger than one part. One part at a time is
 * in memory, so that a call that fails for a moment can be repeated, and so that nothing is sent of
 * a content that turns out to have another size.
 */
final class ObjectWriter {
  /** How many parts S3 takes for one object. */
  private static final int MAX_PARTS = 10_000;

  private final S3Connection connection;
  private final S3Errors errors;
  private final String bucket;
  private final int partSize;
  private final AwsRequestOverrideConfiguration limits;

  ObjectWriter(
      S3Connection connection, S3Errors errors, String bucket, int partSize, Duration timeout) {
    this.connection = connection;
    this.errors = errors;
    this.bucket = bucket;
    this.partSize = partSize;
    this.limits =
        AwsRequestOverrideConfiguration.builder()
            .apiCallAttemptTimeout(timeout)
            .apiCallTimeout(timeout)
            .build();
  }

  void write(String key, SizedContent content, long size, String contentType) {
    if (size > (long) partSize * MAX_PARTS) {
      throw new StorageException(
          "'"
              + key
              + "' has more than "
              + MAX_PARTS
              + " parts of "
              + partSize
              + " bytes. Set a larger partSize.");
    }
    byte[] buffer = new byte[(int) Math.min(size, partSize)];
    try {
      if (size <= partSize) {
        writeAtOnce(key, content, buffer, contentType);
      } else {
        writeInParts(key, content, size, buffer, contentType);
      }
    } catch (SdkException e) {
      throw errors.of(S3Action.WRITE, "'" + key + "'", e);
    }
  }

  private void writeAtOnce(String key, SizedContent content, byte[] buffer, String contentType) {
    fill(content, buffer, buffer.length);
    requireEnd(content);
    connection
        .client()
        .putObject(
            PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(contentType)
                .cacheControl(WritableStorage.CACHE_CONTROL)
                .overrideConfiguration(limits)
                .build(),
            body(buffer, buffer.length, contentType));
  }

  private void writeInParts(
      String key, SizedContent content, long size, byte[] buffer, String contentType) {
    MultipartUpload upload =
        MultipartUpload.begin(connection.client(), bucket, key, contentType, limits);
    try {
      for (long written = 0; written < size; written += partSize) {
        int length = (int) Math.min(partSize, size - written);
        fill(content, buffer, length);
        upload.add(body(buffer, length, contentType), length);
      }
      requireEnd(content);
      upload.complete();
    } catch (RuntimeException | Error e) {
      upload.abortAfter(e);
      throw e;
    }
  }

  private static RequestBody body(byte[] buffer, int length, String contentType) {
    return RequestBody.fromContentProvider(
        ContentStreamProvider.fromInputStreamSupplier(
            () -> new ByteArrayInputStream(buffer, 0, length)),
        length,
        contentType);
  }

  private static void fill(SizedContent content, byte[] buffer, int length) {
    try {
      content.readNBytes(buffer, 0, length);
    } catch (IOException e) {
      throw unreadable(content, e);
    }
  }

  private static void requireEnd(SizedContent content) {
    try {
      content.read();
    } catch (IOException e) {
      throw unreadable(content, e);
    }
  }

  private static RuntimeException unreadable(SizedContent content, IOException cause) {
    return content
        .problem()
        .orElseGet(() -> new StorageException("The content could not be read.", cause));
  }
}
