package dev.hotupdater.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.storage.StorageUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests with the key of the project, again if that may help, and tells answers from
 * refusals.
 */
final class Api {
  /** Reads what is wanted of an answer. */
  interface Reader<T> {
    T read(HttpResponse<BodyStream> answer) throws IOException;
  }

  /** Room for 1000 listed objects or 500 signed addresses with the longest keys. */
  static final int MAX_JSON_BYTES = 8 * 1024 * 1024;

  private static final int MAX_REFUSAL_BYTES = 64 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);

  private final HttpClient http;
  private final String key;
  private final Duration timeout;
  private final Retries retries;

  Api(HttpClient http, String key, Duration timeout, Retries retries) {
    this.http = http;
    this.key = key;
    this.timeout = timeout;
    this.retries = retries;
  }

  /** A request with the key of the project. */
  HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri)
        .timeout(timeout)
        .header("Authorization", "Bearer " + key)
        .header("apikey", key);
  }

  /** Sends JSON, and reads the JSON that is answered. */
  JsonNode exchange(String method, URI uri, JsonNode body) throws RefusedException {
    HttpRequest request =
        request(uri)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(Json.write(body)))
            .build();
    return send(request, this::json);
  }

  /** The JSON of an answer. */
  JsonNode json(HttpResponse<BodyStream> answer) throws IOException {
    try (BodyStream body = answer.body()) {
      return Json.read(body, MAX_JSON_BYTES, timeout);
    }
  }

  /** Sends a request that may be sent again. */
  <T> T send(HttpRequest request, Reader<T> reader) throws RefusedException {
    return send(request, reader, () -> true);
  }

  /**
   * Sends a request.
   *
   * @param isRepeatable asked after a failure: whether the request can be sent again
   */
  <T> T send(HttpRequest request, Reader<T> reader, BooleanSupplier isRepeatable)
      throws RefusedException {
    for (int attempt = 1; ; attempt++) {
      Optional<Duration> pause;
      try {
        return sendOnce(request, reader);
      } catch (HttpTimeoutException e) {
        // Not again: whoever waits has waited long enough.
        throw new StorageUnavailableException(
            "Supabase Storage did not answer in time. Try again later, or raise the timeout.", e);
      } catch (IOException e) {
        pause = retries.pauseAfter(attempt, Optional.empty());
        if (pause.isEmpty() || !isRepeatable.getAsBoolean()) {
          throw new StorageUnavailableException(
              "Supabase Storage could not be reached, or the connection broke off. Check"
                  + " projectUrl and the network, and try again.",
              e);
        }
        LOG.info("The connection to Supabase Storage failed; trying again in {}.", pause.get());
      } catch (RefusedException e) {
        pause = retries.pauseAfter(attempt, e.retryAfter());
        if (!e.refusal().isPassing() || pause.isEmpty() || !isRepeatable.getAsBoolean()) {
          throw e;
        }
        LOG.info(
            "Supabase Storage answered with status {}; trying again in {}.",
            e.refusal().status(),
            pause.get());
      }
      Retries.sleep(pause.get());
    }
  }

  private <T> T sendOnce(HttpRequest request, Reader<T> reader)
      throws IOException, RefusedException {
    HttpResponse<BodyStream> answer = receive(request);
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      return reader.read(answer);
    }
    try (BodyStream body = answer.body()) {
      byte[] start = Json.readUpTo(body, MAX_REFUSAL_BYTES, timeout);
      throw new RefusedException(
          Refusal.of(status, start), RetryAfter.in(answer.headers(), Instant.now()));
    }
  }

  private HttpResponse<BodyStream> receive(HttpRequest request) throws IOException {
    try {
      return http.send(request, head -> new BodyStream(timeout));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageUnavailableException("Interrupted while waiting for Supabase Storage.", e);
    }
  }
}
