package dev.hotupdater.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers whatever a test wants S3 to answer, and keeps what it was asked. */
final class ScriptedS3 implements AutoCloseable {
  static final String ACCESS_KEY = "AKIDOFTHESCRIPT";
  static final String SECRET = "theSecretOfTheScript/+=";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private ScriptedS3(HttpServer server) {
    this.server = server;
  }

  static ScriptedS3 answering(HttpHandler answer) throws IOException {
    ScriptedS3 script =
        new ScriptedS3(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    script.server.setExecutor(script.threads);
    script.server.createContext(
        "/",
        exchange -> {
          script.requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          try (exchange) {
            answer.handle(exchange);
          }
        });
    script.server.start();
    return script;
  }

  /** A server that answers each request with the same error. */
  static ScriptedS3 failing(int status, String code) throws IOException {
    return answering(exchange -> error(exchange, status, code, Map.of()));
  }

  /** Answers with an error as S3 does, which has no body for HEAD. */
  static void error(HttpExchange exchange, int status, String code, Map<String, String> headers)
      throws IOException {
    // What AWS repeats in the body of some errors must not end up in messages.
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>"
            + code
            + "</Code><Message>A message of the service</Message><AWSAccessKeyId>"
            + ACCESS_KEY
            + "</AWSAccessKeyId><StringToSign>AWS4-HMAC-SHA256 sign</StringToSign>"
            + "<RequestId>REQ1</RequestId></Error>";
    headers.forEach(exchange.getResponseHeaders()::set);
    answer(exchange, status, body);
  }

  /** Answers with XML, after it has read the request. */
  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (InputStream content = exchange.getRequestBody()) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    byte[] bytes = body.getBytes(UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
    if (!head && bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Method, path and query of every request so far. */
  List<String> requests() {
    return requests;
  }

  /** A builder for a storage there, with short limits. */
  S3Storage.Builder storage() {
    return storageAt(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  static S3Storage.Builder storageAt(URI endpoint) {
    return S3Storage.builder()
        .bucket("updates")
        .endpoint(endpoint)
        .region("eu-central-1")
        .credentials(ACCESS_KEY, SECRET)
        .connectTimeout(Duration.ofSeconds(2))
        .attemptTimeout(Duration.ofSeconds(2))
        .callTimeout(Duration.ofSeconds(4))
        .uploadTimeout(Duration.ofSeconds(4))
        .maxAttempts(2);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
