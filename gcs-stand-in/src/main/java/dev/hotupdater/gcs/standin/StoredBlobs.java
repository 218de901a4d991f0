package dev.hotupdater.gcs.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/** The objects of the one bucket of a {@link GcsStandIn}. */
public final class StoredBlobs {
  /** An object. */
  public record StoredBlob(
      String name,
      byte[] content,
      String contentType,
      String cacheControl,
      long generation,
      Instant created) {

    ObjectNode json(String bucket) {
      return Exchange.JSON
          .createObjectNode()
          .put("kind", "storage#object")
          .put("bucket", bucket)
          .put("name", name)
          .put("size", Long.toString(content.length))
          .put("generation", Long.toString(generation))
          .put("metageneration", "1")
          .put("contentType", contentType)
          .put("cacheControl", cacheControl)
          .put("crc32c", crc32c(content))
          .put("timeCreated", created.atOffset(ZoneOffset.UTC).toString())
          .put("updated", created.atOffset(ZoneOffset.UTC).toString());
    }
  }

  private final NavigableMap<String, StoredBlob> blobs = new ConcurrentSkipListMap<>();
  private final AtomicLong generations = new AtomicLong(1000);

  public Optional<StoredBlob> find(String name) {
    return Optional.ofNullable(blobs.get(name));
  }

  public StoredBlob put(String name, byte[] content, String contentType, String cacheControl) {
    StoredBlob blob =
        new StoredBlob(
            name,
            content,
            contentType,
            cacheControl,
            generations.incrementAndGet(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS));
    blobs.put(name, blob);
    return blob;
  }

  public boolean delete(String name) {
    return blobs.remove(name) != null;
  }

  /** All objects from this name on. */
  public NavigableMap<String, StoredBlob> from(String name) {
    return blobs.tailMap(name, true);
  }

  public static String crc32c(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
