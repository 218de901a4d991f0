package dev.hotupdater.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.http.Access;
import dev.hotupdater.http.HttpHandler;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.Route;
import dev.hotupdater.http.Router;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Header fields are read from the servlet request, when they are asked for. */
class RequestHeadersTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @ParameterizedTest
  @EnumSource
  void value_withControlCharacter_isRefusedWhereItIsRead(Container container) throws Exception {
    assertEquals(
        "400 {\"error\":\"A request header has a control character.\"}",
        answer(container, routed(headers -> headers.first("X-Odd"))));
    assertEquals(
        "400 {\"error\":\"A request header has a control character.\"}",
        answer(container, routed(headers -> headers.all("x-odd"))));
    assertEquals(
        "400 {\"error\":\"A request header has a control character.\"}",
        answer(container, routed(HttpHeaders::copyOf)));
    assertEquals("200 Optional[x]", answer(container, routed(headers -> headers.first("X-Good"))));
  }

  @ParameterizedTest
  @EnumSource
  void value_withControlCharacter_isRefusedForAHandlerWithoutRouter(Container container)
      throws Exception {
    HttpHandler handler = request -> HttpResponse.json(200, request.header("X-Odd").orElse("none"));

    assertEquals("400 {\"error\":\"The request is malformed.\"}", answer(container, handler));
  }

  @ParameterizedTest
  @EnumSource
  void headers_afterTheAnswer_areGoneButForTheirCopy(Container container) throws Exception {
    CompletableFuture<HttpHeaders> kept = new CompletableFuture<>();
    CompletableFuture<HttpHeaders> copied = new CompletableFuture<>();
    HttpHandler handler =
        request -> {
          kept.complete(request.headers());
          copied.complete(HttpHeaders.copyOf(request.headers()));
          return HttpResponse.json(200, "{}");
        };
    OddHeaderServlet servlet = new OddHeaderServlet(handler);
    try (ServletServer server = container.start("", "/good", servlet)) {
      HttpRequest request = HttpRequest.newBuilder(server.base().resolve("/good")).build();
      assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
      assertTrue(servlet.answered.await(30, TimeUnit.SECONDS), "the request is over");
    }

    HttpHeaders late = kept.join();
    assertThrows(IllegalStateException.class, () -> late.first("X-Good"));
    assertThrows(IllegalStateException.class, () -> late.all("X-Good"));
    assertThrows(IllegalStateException.class, () -> late.forEach((name, value) -> {}));
    assertEquals(Optional.of("x"), copied.join().first("x-good"));
  }

  private static HttpHandler routed(Function<HttpHeaders, Object> reading) {
    Route route =
        Route.of(
            "GET",
            "/a",
            request -> HttpResponse.json(200, reading.apply(request.http().headers()).toString()));
    return Router.builder(
            "",
            (request, failure) ->
                HttpResponse.json(
                    failure instanceof MalformedRequestException ? 400 : 500,
                    "{\"error\":\"" + failure.getMessage() + "\"}"))
        .mount(List.of(route), Access.delegated())
        .build();
  }

  private String answer(Container container, HttpHandler handler) throws Exception {
    try (ServletServer server = container.start("", "/*", new OddHeaderServlet(handler))) {
      HttpRequest request = HttpRequest.newBuilder(server.base().resolve("/a")).build();
      var answer = client.send(request, BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }

  /** As when a filter, or another protocol than HTTP/1.1, brings what the container refuses. */
  private static final class OddHeaderServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient HttpHandler handler;
    private final transient CountDownLatch answered = new CountDownLatch(1);

    OddHeaderServlet(HttpHandler handler) {
      this.handler = handler;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      ServletBinding.handle(handler, new OddHeaders(request), response);
      answered.countDown();
    }
  }

  private static final class OddHeaders extends HttpServletRequestWrapper {
    OddHeaders(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getHeader(String name) {
      Enumeration<String> values = getHeaders(name);
      return values.hasMoreElements() ? values.nextElement() : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return switch (name) {
        case "X-Odd", "x-odd" -> Collections.enumeration(List.of("a\u0001b"));
        case "X-Good" -> Collections.enumeration(List.of("x"));
        default -> super.getHeaders(name);
      };
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      return Collections.enumeration(
          getRequestURI().equals("/good") ? List.of("X-Good") : List.of("X-Good", "X-Odd"));
    }
  }
}
