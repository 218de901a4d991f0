package dev.hotupdater.gcs;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Optional;

/** Reads objects. */
final class Downloads {
  private static final int MAX_ATTEMPTS = 30;
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final int FIRST_BYTES = 8 * 1024;

  private final String bucket;
  private final Connection connection;
  private final Failures failures;

  Downloads(String bucket, Connection connection, Failures failures) {
    this.bucket = bucket;
    this.connection = connection;
    this.failures = failures;
  }

  /**
   * What the bucket tells of an object; empty if it is missing, or the bucket is.
   *
   * @param key as it is in the bucket, not empty
   * @throws StorageException if that cannot be told
   */
  Optional<Blob> find(String key) {
    try {
      return Optional.ofNullable(
          connection
              .client()
              .get(
                  BlobId.of(bucket, key),
                  BlobGetOption.fields(BlobField.SIZE, BlobField.GENERATION)));
    } catch (RuntimeException e) {
      throw failures.of(Operation.READ, key, e);
    }
  }

  /**
   * Opens an object; empty if it is missing, or the bucket is.
   *
   * @param key as it is in the bucket, not empty
   * @throws StorageException if it fails
   */
  Optional<StoredObject> open(String key, ByteRange range) {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      Optional<Blob> found = find(key);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      long size = found.get().getSize();
      long length = Math.max(0, Math.min(range.length(), size - range.start()));
      if (length == 0) {
        return Optional.of(StoredObject.of(InputStream.nullInputStream(), size));
      }
      // The size belongs to this generation of the object, so its bytes must do so, too.
      Optional<InputStream> content =
          read(
              BlobId.of(bucket, key, found.get().getGeneration()),
              new ByteRange(range.start(), length));
      if (content.isPresent()) {
        return Optional.of(StoredObject.of(content.get(), size));
      }
    }
    throw new StorageUnavailableException(
        "'" + key + "' in gs://" + bucket + " is being replaced again and again. Try again later.");
  }

  /** The bytes of a range that the object has; empty if this generation of it is gone. */
  private Optional<InputStream> read(BlobId object, ByteRange range) {
    ReadChannel channel =
        connection.client().reader(object, BlobSourceOption.shouldReturnRawInputStream(true));
    boolean kept = false;
    try {
      channel.setChunkSize((int) Math.min(BUFFER_BYTES, range.length()));
      channel.limit(range.start() + range.length());
      channel.seek(range.start());
      // The library sends the request with the first read: what fails, fails here.
      ByteBuffer first = ByteBuffer.allocate((int) Math.min(FIRST_BYTES, range.length()));
      channel.read(first);
      first.flip();
      kept = true;
      return Optional.of(
          new ObjectContent(
              object.getName(), first, Channels.newInputStream(channel), range.length(), failures));
    } catch (IOException | RuntimeException e) {
      if (Failures.isNotFound(e)) {
        return Optional.empty();
      }
      throw failures.of(Operation.READ, object.getName(), e);
    } finally {
      if (!kept) {
        channel.close();
      }
    }
  }
}
