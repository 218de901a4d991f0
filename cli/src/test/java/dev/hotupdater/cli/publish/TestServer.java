package dev.hotupdater.cli.publish;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.protocol.synckit.SyncKitRoutes;
import dev.hotupdater.protocol.tauri.TauriUpdateRoutes;
import dev.hotupdater.publishing.ReleasePublishing;
import dev.hotupdater.storage.FileStorage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An update server on the loopback address, on the way to which things can go wrong. */
final class TestServer implements AutoCloseable {
  static final String TOKEN = "geheim-4711-geheim-4711";
  static final String PATH = "/api/sync/ota";
  static final String APP = "com.example.app";
  static final String SLUG = "my-app";
  static final int MAX_ARTIFACT_BYTES = 1_000_000;

  private final HttpServer http;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final HotUpdater updater;
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  /** A request as it came. */
  record Seen(String method, String path, String query, boolean hasAuthorization) {}

  /** What happens in place of an answer. */
  interface Effect {
    void on(HttpExchange exchange) throws IOException;
  }

  private record Fault(String method, String pathPart, AtomicInteger times, Effect effect) {
    boolean strikes(HttpExchange exchange) {
      return exchange.getRequestMethod().equals(method)
          && exchange.getRequestURI().getPath().contains(pathPart)
          && times.getAndDecrement() > 0;
    }
  }

  private TestServer(Path folder) throws IOException {
    updater =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(FileStorage.at(folder))
            .routes(
                SyncKitRoutes.at(PATH)
                    .protectedBy(Access.bearerToken(TOKEN))
                    .publishing(
                        ReleasePublishing.builder()
                            .maxArtifactBytes(MAX_ARTIFACT_BYTES)
                            .withoutWatch()))
            .routes(TauriUpdateRoutes.at(PATH))
            .build();
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(executor);
    http.createContext("/", this::handle);
    http.start();
  }

  static TestServer start(Path folder) throws IOException {
    return new TestServer(folder);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + PATH);
  }

  HotUpdater updater() {
    return updater;
  }

  /** The requests so far, also those that something went wrong with. */
  List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** How many requests of a method to such paths came so far. */
  long count(String method, String pathPart) {
    return seen.stream()
        .filter(each -> each.method().equals(method) && each.path().contains(pathPart))
        .count();
  }

  /** Lets this happen to the next requests of a method to such paths. */
  void fault(int times, String method, String pathPart, Effect effect) {
    faults.add(new Fault(method, pathPart, new AtomicInteger(times), effect));
  }

  /** From now on nothing goes wrong. */
  void heal() {
    faults.clear();
  }

  /** Answers this. */
  static Effect answer(int status, String body) {
    return exchange -> {
      exchange.getRequestBody().readAllBytes();
      write(exchange, status, body);
    };
  }

  /** Answers this, with a header field. */
  static Effect answer(int status, String header, String value) {
    return exchange -> {
      exchange.getResponseHeaders().set(header, value);
      answer(status, "{}").on(exchange);
    };
  }

  /** Closes the connection after so many bytes of the body. */
  static Effect cutAfter(int bytes) {
    return exchange -> {
      exchange.getRequestBody().readNBytes(bytes);
      exchange.close();
    };
  }

  /** Does what is asked, and closes the connection in place of an answer. */
  Effect loseAnswer() {
    return exchange -> {
      updater.handle(request(exchange)).body().close();
      exchange.close();
    };
  }

  /** Does what is asked, after something else. */
  Effect after(Effect first) {
    return exchange -> {
      first.on(exchange);
      answerWith(exchange);
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            uri.getPath(),
            uri.getRawQuery() == null ? "" : uri.getRawQuery(),
            exchange.getRequestHeaders().containsKey("Authorization")));
    for (Fault fault : faults) {
      if (fault.strikes(exchange)) {
        fault.effect().on(exchange);
        return;
      }
    }
    try {
      answerWith(exchange);
    } catch (IOException | RuntimeException e) {
      // The server of the JDK would close the connection without a word.
      e.printStackTrace();
      throw e;
    }
  }

  private void answerWith(HttpExchange exchange) throws IOException {
    HttpResponse response = updater.handle(request(exchange));
    response.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    try (var body = response.body()) {
      exchange.sendResponseHeaders(response.status(), body.length() == 0 ? -1 : body.length());
      body.writeTo(exchange.getResponseBody());
    }
    exchange.close();
  }

  private HttpRequest request(HttpExchange exchange) {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
    String query = exchange.getRequestURI().getRawQuery();
    return HttpRequest.builder(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath())
        .rawQuery(query == null ? "" : query)
        .headers(headers.build())
        .body(exchange.getRequestBody())
        .context(
            RequestContext.none()
                .withBaseUri(URI.create("http://127.0.0.1:" + http.getAddress().getPort())))
        .build();
  }

  private static void write(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
    executor.shutdownNow();
    updater.close();
  }
}
