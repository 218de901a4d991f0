package dev.hotupdater.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpHandler;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the requests that it gets, and answers each with its own body. */
final class RequestRecorder implements HttpHandler {
  private final List<Seen> all = new CopyOnWriteArrayList<>();

  @Override
  public HttpResponse handle(HttpRequest request) {
    try {
      byte[] body = request.body().readAllBytes();
      HttpHeaders headers = HttpHeaders.copyOf(request.headers());
      all.add(new Seen(request.toBuilder().headers(headers).build(), body));
      return HttpResponse.status(200).body(HttpBody.of(body)).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether no request has come. */
  boolean isEmpty() {
    return all.isEmpty();
  }

  /** The one request that has come. */
  HttpRequest request() {
    return only().request();
  }

  /** The body of the one request that has come. */
  byte[] body() {
    return only().body();
  }

  private Seen only() {
    assertEquals(1, all.size(), "requests that reached the handler");
    return all.get(0);
  }

  private record Seen(HttpRequest request, byte[] body) {}
}
