package dev.hotupdater.benchmarks.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
  private static final byte[] BODY = "{\"status\":\"UP_TO_DATE\"}".getBytes(StandardCharsets.UTF_8);
  private static final Duration LONG = Duration.ofSeconds(30);

  private HttpServer server;
  private final Queue<String> requested = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requested.add(exchange.getRequestURI().getPath());
          int status = exchange.getRequestURI().getPath().equals("/broken") ? 500 : 200;
          exchange.sendResponseHeaders(status, BODY.length);
          exchange.getResponseBody().write(BODY);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  @Test
  void load_onAServer_goesThroughAllPaths() {
    LoadResult result =
        LoadGenerator.of(port(), List.of("/a", "/b", "/c"), 2).run(Schedule.atOnce(), 30, LONG);

    assertEquals(30, result.answered());
    assertEquals(0, result.missed());
    assertEquals(30, result.latencies().size());
    for (String path : List.of("/a", "/b", "/c")) {
      assertEquals(10, requested.stream().filter(path::equals).count());
    }
  }

  @Test
  void load_atAFixedRate_isNotSentEarlier() {
    LoadResult result =
        LoadGenerator.of(port(), List.of("/a"), 2).run(Schedule.atRate(200), 21, LONG);

    assertEquals(21, result.answered());
    // The last of them is due a tenth of a second after the first.
    assertTrue(result.duration().toMillis() >= 100, result.toString());
  }

  @Test
  void load_onAServerThatIsSilent_countsTheWaitingOfAllThatWereDue() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Duration limit = Duration.ofMillis(100);
      LoadResult result =
          LoadGenerator.of(silent.getLocalPort(), List.of("/a"), 2)
              .run(Schedule.atRate(1_000), 50, limit);

      assertEquals(0, result.answered());
      assertEquals(50, result.missed());
      assertTrue(result.percentile(100) >= 100, result.toString());
    }
  }

  @Test
  void load_thatIsAnsweredWithAnError_fails() {
    LoadGenerator generator = LoadGenerator.of(port(), List.of("/a", "/broken"), 1);

    assertThrows(UncheckedIOException.class, () -> generator.run(Schedule.atOnce(), 10, LONG));
  }

  @Test
  void answer_isWithoutWhatTheContainerAdds() {
    Answer answer = Answer.get(URI.create("http://127.0.0.1:" + port() + "/a"));

    assertEquals(new Answer(200, List.of(), new String(BODY, StandardCharsets.UTF_8)), answer);
  }
}
