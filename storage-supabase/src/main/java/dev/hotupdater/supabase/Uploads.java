package dev.hotupdater.supabase;

import dev.hotupdater.storage.SizedContent;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.WritableStorage;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes objects, their bytes passed on as they are read. */
final class Uploads {
  private final Api api;
  private final Endpoints endpoints;
  private final Duration timeout;

  Uploads(Api api, Endpoints endpoints, Duration timeout) {
    this.api = api;
    this.endpoints = endpoints;
    this.timeout = timeout;
  }

  /** Writes an object, replacing one of the same key. */
  void write(String key, SizedContent content, long size, String contentType)
      throws RefusedException {
    AtomicBoolean isStarted = new AtomicBoolean();
    HttpRequest request =
        request(key, contentType).POST(publisher(content, size, isStarted)).build();
    try {
      // Once a byte of the content is read, there is nothing left to send a second time.
      var answer = api.send(request, api::json, () -> !isStarted.get());
      if (!answer.path("Key").isTextual()) {
        throw Json.unexpected();
      }
    } catch (StorageException | RefusedException e) {
      if (content.problem().isPresent()) {
        throw content.problem().get();
      }
      throw e;
    }
  }

  private HttpRequest.Builder request(String key, String contentType) {
    try {
      return api.request(endpoints.upload(key))
          .timeout(timeout)
          .header("x-upsert", "true")
          .header("Cache-Control", WritableStorage.CACHE_CONTROL)
          .header("Content-Type", contentType);
    } catch (IllegalArgumentException e) {
      throw new StorageException("The content type is no media type, so nothing was written.", e);
    }
  }

  /** The content has fewer or more bytes than that only if the request fails. */
  private static BodyPublisher publisher(SizedContent content, long size, AtomicBoolean isStarted) {
    if (size > 0) {
      return BodyPublishers.fromPublisher(
          BodyPublishers.ofInputStream(
              () -> isStarted.compareAndSet(false, true) ? content : new UsedStream()),
          size);
    }
    requireEmpty(content);
    return BodyPublishers.noBody();
  }

  private static void requireEmpty(SizedContent content) {
    try {
      if (content.read() >= 0) {
        throw new IllegalStateException("Content of no bytes has given one");
      }
    } catch (IOException e) {
      throw content
          .problem()
          .orElseGet(() -> new StorageException("The content could not be read.", e));
    }
  }

  /** What a client gets that sends a request again by itself. */
  private static final class UsedStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("The content cannot be read a second time");
    }
  }
}
