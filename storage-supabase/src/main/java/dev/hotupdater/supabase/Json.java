package dev.hotupdater.supabase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads and writes the JSON of the API, within limits of size and time. */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final int BUFFER_BYTES = 16 * 1024;

  private Json() {}

  static byte[] write(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of JSON can always be written", e);
    }
  }

  /**
   * Reads an answer.
   *
   * @param maxBytes more than that is refused
   * @param maxTime an answer that trickles in for longer is given up
   */
  static JsonNode read(InputStream body, int maxBytes, Duration maxTime) throws IOException {
    byte[] bytes = readUpTo(body, maxBytes + 1, maxTime);
    if (bytes.length > maxBytes) {
      throw new StorageException(
          "The answer of Supabase Storage has more than "
              + maxBytes
              + " bytes. Check that projectUrl is the project's URL.");
    }
    try {
      return MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      // Without the cause, which may quote the answer.
      throw unexpected();
    }
  }

  /** As many of the first bytes as there are. */
  static byte[] readUpTo(InputStream body, int limit, Duration maxTime) throws IOException {
    long start = System.nanoTime();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    while (bytes.size() < limit) {
      int count = body.read(buffer, 0, Math.min(buffer.length, limit - bytes.size()));
      if (count < 0) {
        break;
      }
      bytes.write(buffer, 0, count);
      if (System.nanoTime() - start > maxTime.toNanos()) {
        throw new StorageUnavailableException(
            "Supabase Storage answered too slowly. Try again later.");
      }
    }
    return bytes.toByteArray();
  }

  /** What answers is not the storage API, or one that this library does not know. */
  static StorageException unexpected() {
    return new StorageException(
        "The answer is not one of Supabase Storage. Check that projectUrl is the project's URL and"
            + " that no proxy answers in its place.");
  }
}
