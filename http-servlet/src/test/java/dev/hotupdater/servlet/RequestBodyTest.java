package dev.hotupdater.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.http.HttpHandler;
import dev.hotupdater.http.HttpResponse;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestBodyTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @ParameterizedTest
  @EnumSource
  void stream_ofARequestWithoutBody_isNotAskedFor(Container container) throws Exception {
    CountingServlet servlet = new CountingServlet(request -> HttpResponse.json(200, "{}"));
    try (ServletServer server = container.start("", "/*", servlet)) {
      HttpRequest request = HttpRequest.newBuilder(server.base().resolve("/a")).build();

      assertEquals("{}", client.send(request, BodyHandlers.ofString()).body());
    }
    assertEquals(0, servlet.asked.get());
  }

  @ParameterizedTest
  @EnumSource
  void stream_ofABodyThatIsRead_isAskedForOnce(Container container) throws Exception {
    CountingServlet servlet = new CountingServlet(request -> HttpResponse.json(200, read(request)));
    try (ServletServer server = container.start("", "/*", servlet)) {
      HttpRequest request =
          HttpRequest.newBuilder(server.base().resolve("/a"))
              .POST(BodyPublishers.ofString("one, two"))
              .build();

      assertEquals("1 one, two", client.send(request, BodyHandlers.ofString()).body());
    }
  }

  private static String read(dev.hotupdater.http.HttpRequest request) {
    try (InputStream body = request.body()) {
      char first = (char) body.read();
      String rest = new String(body.readAllBytes(), UTF_8);
      return request.context().attribute("asked", AtomicInteger.class).orElseThrow()
          + " "
          + first
          + rest;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts how often the container is asked for the stream, until the handler has answered. */
  private static final class CountingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient HttpHandler handler;
    private final AtomicInteger asked = new AtomicInteger();

    CountingServlet(HttpHandler handler) {
      this.handler = handler;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      HttpServletRequest counting =
          new HttpServletRequestWrapper(request) {
            @Override
            public ServletInputStream getInputStream() throws IOException {
              asked.incrementAndGet();
              return super.getInputStream();
            }
          };
      ServletBinding.handle(
          handler, (each, context) -> context.with("asked", asked), counting, response);
    }
  }
}
