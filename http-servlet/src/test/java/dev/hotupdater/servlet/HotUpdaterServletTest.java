package dev.hotupdater.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the contract of bindings does not ask for. */
class HotUpdaterServletTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @ParameterizedTest
  @EnumSource
  void context_ofTheEmbedder_reachesTheHandler(Container container) throws Exception {
    HotUpdaterServlet servlet =
        HotUpdaterServlet.create(
            request ->
                HttpResponse.json(
                    200,
                    request.context().attribute("tenant", String.class).orElseThrow()
                        + request.context().cacheKey().orElseThrow()
                        + request.context().baseUri().orElseThrow()),
            (request, context) -> {
              String tenant = request.getHeader("X-Tenant");
              return context.with("tenant", tenant).withCacheKey("key of " + tenant);
            });
    try (ServletServer server = container.start("", "/*", servlet)) {
      HttpRequest request =
          HttpRequest.newBuilder(server.base().resolve("/a")).header("X-Tenant", "acme").build();

      assertEquals(
          "acmekey of acme" + server.base(), client.send(request, BodyHandlers.ofString()).body());
    }
  }

  @ParameterizedTest
  @EnumSource
  void context_thatCannotBeMade_keepsTheRequestFromTheHandler(Container container)
      throws Exception {
    CountDownLatch handled = new CountDownLatch(1);
    HotUpdaterServlet servlet =
        HotUpdaterServlet.create(
            request -> {
              handled.countDown();
              return HttpResponse.json(200, "{}");
            },
            (request, context) -> {
              throw new IllegalStateException("No tenant, on purpose");
            });
    try (ServletServer server = container.start("", "/*", servlet)) {
      HttpRequest request = HttpRequest.newBuilder(server.base().resolve("/a")).build();

      assertEquals(500, client.send(request, BodyHandlers.ofString()).statusCode());
      assertEquals(1, handled.getCount());
    }
  }

  @ParameterizedTest
  @EnumSource
  void client_thatLeaves_isNoErrorInTheLog(Container container) throws Exception {
    EndlessStream body = new EndlessStream();
    HotUpdaterServlet servlet =
        HotUpdaterServlet.create(
            request ->
                HttpResponse.status(200).body(HttpBody.of(body, Long.MAX_VALUE / 2)).build());
    PrintStream standardError = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    try (ServletServer server = container.start("", "/*", servlet)) {
      leaveAfterTheFirstByte(server);
      assertTrue(body.closed.await(30, TimeUnit.SECONDS), "the body is closed");
    } finally {
      System.setErr(standardError);
    }

    List<String> lines = log.toString(UTF_8).lines().filter(l -> l.contains("client")).toList();
    assertEquals(1, lines.size(), log.toString(UTF_8));
    assertTrue(lines.get(0).contains(" DEBUG " + ResponseWriter.class.getName()), lines.get(0));
    assertFalse(log.toString(UTF_8).contains("ERROR"), log.toString(UTF_8));
    assertFalse(log.toString(UTF_8).contains("SEVERE"), log.toString(UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void body_thatCannotBeRead_isAnErrorWithAReferenceIntoTheLog(Container container)
      throws Exception {
    HotUpdaterServlet servlet =
        HotUpdaterServlet.create(
            request ->
                HttpResponse.status(200)
                    .header("ETag", "\"a\"")
                    .header("Content-Type", "application/zip")
                    .body(HttpBody.of(new UnreadableStream(), 10))
                    .build());
    PrintStream standardError = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    try (ServletServer server = container.start("", "/*", servlet)) {
      HttpRequest request = HttpRequest.newBuilder(server.base().resolve("/secret?s=1")).build();
      var answer = client.send(request, BodyHandlers.ofString());

      assertEquals(500, answer.statusCode());
      assertEquals("application/json", answer.headers().firstValue("Content-Type").orElseThrow());
      assertTrue(answer.headers().firstValue("ETag").isEmpty());
      String reference = answer.body().replaceAll(".*\"reference\":\"([0-9a-f]{12})\".*", "$1");
      assertEquals(12, reference.length(), answer.body());
      assertTrue(log.toString(UTF_8).contains(reference));
      assertFalse(log.toString(UTF_8).contains("secret"));
    } finally {
      System.setErr(standardError);
    }
  }

  @Test
  void clients_thatAnnounceABodyAndSendNothing_leaveThreadsForOthers() throws Exception {
    HotUpdaterServlet servlet = HotUpdaterServlet.create(request -> HttpResponse.json(401, "{}"));
    // Jetty needs some of the threads for itself.
    QueuedThreadPool threads = new QueuedThreadPool(UnreadBody.MAX_THREADS + 8);
    List<Socket> silent = new ArrayList<>();
    try (ServletServer server = JettyServer.start("", "/*", servlet, threads)) {
      for (int i = 0; i < 3 * threads.getMaxThreads(); i++) {
        Socket socket = new Socket("127.0.0.1", server.base().getPort());
        silent.add(socket);
        socket.setSoTimeout(10_000);
        socket
            .getOutputStream()
            .write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n".getBytes(UTF_8));
        assertEquals('H', socket.getInputStream().read());
      }
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  private static void leaveAfterTheFirstByte(ServletServer server) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.base().getPort())) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
      assertEquals('H', socket.getInputStream().read());
      socket.setSoLinger(true, 0);
    }
  }

  /** A file that goes on until it is closed. */
  private static final class EndlessStream extends InputStream {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int read() {
      return 'a';
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  /** A file on a broken disk. */
  private static final class UnreadableStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("Unreadable on purpose");
    }
  }
}
