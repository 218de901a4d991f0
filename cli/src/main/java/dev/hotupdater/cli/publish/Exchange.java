package dev.hotupdater.cli.publish;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A request and its answer, within a time that also covers the body of the answer. */
final class Exchange {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

  private Exchange() {}

  /**
   * A client for the exchanges. It follows no redirects: neither a token nor a file should go where
   * nobody has sent it.
   */
  static HttpClient client() {
    return HttpClient.newBuilder()
        // What is uploaded without TLS would otherwise begin with an attempt to change to HTTP/2.
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT_TIMEOUT)
        .build();
  }

  /**
   * Sends a request, and waits for the end of its answer.
   *
   * @param limit the most bytes that the answer may have
   * @throws HttpTimeoutException if it has not ended within this time
   */
  static Answer send(HttpClient client, HttpRequest request, long limit, Duration time)
      throws IOException, InterruptedException {
    return sendWhileMoving(client, request, limit, time, () -> 0);
  }

  /**
   * Sends a request, and waits for the end of its answer for as long as something moves.
   *
   * @param limit the most bytes that the answer may have
   * @param moved grows while something moves
   * @throws HttpTimeoutException if nothing has moved for this time
   */
  static Answer sendWhileMoving(
      HttpClient client, HttpRequest request, long limit, Duration stall, LongSupplier moved)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, LimitedBody.of(limit));
    try {
      while (true) {
        long before = moved.getAsLong();
        try {
          return Answer.of(answer.get(stall.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
          if (moved.getAsLong() == before) {
            throw new HttpTimeoutException("no answer within " + stall);
          }
        }
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static IOException failure(@Nullable Throwable cause) {
    return cause instanceof IOException
        ? (IOException) cause
        : new IOException("the request could not be sent: " + cause, cause);
  }
}
