package dev.hotupdater.examples.customstorage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.RangeRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What a CDN does: it serves files over HTTP, with ranges. */
final class LocalCdn implements AutoCloseable {
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  private LocalCdn(HttpServer server) {
    this.server = server;
  }

  static LocalCdn start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LocalCdn cdn = new LocalCdn(server);
    server.createContext("/", cdn::answer);
    server.setExecutor(cdn.threads);
    server.start();
    return cdn;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/assets";
  }

  void put(String path, byte[] content) {
    files.put("/assets/" + path, content);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] content = files.get(exchange.getRequestURI().getPath());
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
    } else {
      answer(exchange, content);
    }
    exchange.close();
  }

  private static void answer(HttpExchange exchange, byte[] content) throws IOException {
    RangeRequest range = RangeRequest.of(request(exchange), content.length);
    if (range instanceof RangeRequest.Unsatisfiable none) {
      exchange.getResponseHeaders().add("Content-Range", none.contentRange());
      exchange.sendResponseHeaders(416, -1);
    } else if (range instanceof RangeRequest.Part part) {
      exchange.getResponseHeaders().add("Content-Range", part.contentRange());
      send(
          exchange,
          206,
          Arrays.copyOfRange(content, (int) part.first(), (int) (part.first() + part.length())));
    } else {
      send(exchange, 200, content);
    }
  }

  private static HttpRequest request(HttpExchange exchange) {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    exchange
        .getRequestHeaders()
        .getOrDefault("Range", List.of())
        .forEach(value -> headers.add("Range", value));
    return HttpRequest.builder(exchange.getRequestMethod(), "/").headers(headers.build()).build();
  }

  private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
