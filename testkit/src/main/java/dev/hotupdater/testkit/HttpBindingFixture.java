package dev.hotupdater.testkit;

import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpHandler;
import dev.hotupdater.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The server of the tests of {@link HttpBindingContract}, and the clients. One server runs all
 * tests of a class, each of which gives it a handler.
 *
 * <p>The tests are spread over a chain of classes by what they are about, instead of nested ones,
 * so that who extends the last can override a test of any.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
@Timeout(120)
abstract class HttpBindingFixture {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final HttpHandler NOT_FOUND =
      request -> HttpResponse.json(404, "{\"error\":\"Not found\"}");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private volatile HttpHandler handler = NOT_FOUND;
  private @Nullable URI base;

  protected abstract URI start(HttpHandler handler) throws Exception;

  protected abstract void stop() throws Exception;

  @BeforeAll
  public void startServer() throws Exception {
    base = start(request -> handler.handle(request));
  }

  @AfterAll
  public void stopServer() throws Exception {
    stop();
  }

  @BeforeEach
  public void forgetHandler() {
    handler = NOT_FOUND;
  }

  /** Lets this handler answer from now on. */
  final <T extends HttpHandler> T answerWith(T handler) {
    this.handler = handler;
    return handler;
  }

  /** Lets this be the answer to every request from now on. */
  final void answerWith(HttpResponse.Builder answer) {
    handler = request -> answer.build();
  }

  static HttpResponse text(int status, String text) {
    return HttpResponse.status(status)
        .header("Content-Type", "text/plain")
        .body(HttpBody.of(text.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  final URI base() {
    if (base == null) {
      throw new IllegalStateException("The server is not started");
    }
    return base;
  }

  final RawConnection connect() throws IOException {
    return RawConnection.to(base());
  }

  /** Sends one request without a body over a connection of its own. */
  final RawResponse exchange(String method, String target, String fields) throws IOException {
    try (RawConnection connection = connect()) {
      return connection.exchange(method, target, fields + "Connection: close\r\n");
    }
  }

  final RawResponse get(String target) throws IOException {
    return exchange("GET", target, "");
  }

  final HttpClient client() {
    return client;
  }

  /** A request for a path below the base URI. */
  final HttpRequest.Builder to(String target) {
    return HttpRequest.newBuilder(URI.create(base() + target)).timeout(PATIENCE);
  }
}
