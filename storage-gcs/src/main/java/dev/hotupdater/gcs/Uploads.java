package dev.hotupdater.gcs;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.BlobInfo;
import dev.hotupdater.storage.SizedContent;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.WritableStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Writes objects, a bounded part at a time. */
final class Uploads {
  /** The service takes parts in multiples of this. */
  private static final int UNIT_BYTES = 256 * 1024;

  private static final int MAX_PART_BYTES = 16 * UNIT_BYTES;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final String bucket;
  private final Connection connection;
  private final Failures failures;

  Uploads(String bucket, Connection connection, Failures failures) {
    this.bucket = bucket;
    this.connection = connection;
    this.failures = failures;
  }

  /**
   * Writes an object.
   *
   * @param key as it is in the bucket
   * @throws StorageException if it fails, or the content has another size
   */
  void write(String key, InputStream content, long size, String contentType) {
    SizedContent sized = SizedContent.of(content, size);
    BlobInfo object =
        BlobInfo.newBuilder(bucket, key)
            .setContentType(contentType)
            .setCacheControl(WritableStorage.CACHE_CONTROL)
            .build();
    try {
      upload(object, sized, partBytes(size));
    } catch (IOException | RuntimeException e) {
      throw sized.problem().orElseGet(() -> failures.of(Operation.WRITE, key, e));
    }
  }

  /**
   * Closing the channel is what makes the object: with a part of the content if that fails on the
   * way. A channel that is left open leaves nothing but an unfinished upload, which costs nothing
   * and is discarded by the service within a week.
   */
  private void upload(BlobInfo object, SizedContent content, int partBytes) throws IOException {
    WriteChannel channel = connection.client().writer(object);
    channel.setChunkSize(partBytes);
    byte[] buffer = new byte[Math.min(BUFFER_BYTES, partBytes)];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    channel.close();
  }

  private static int partBytes(long size) {
    long units = Math.max(1, Math.min(size, MAX_PART_BYTES) / UNIT_BYTES + 1);
    return (int) Math.min(MAX_PART_BYTES, units * UNIT_BYTES);
  }
}
