package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.TestServer;
import dev.hotupdater.TestServer.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages may read answers, and what browsers are told before they send a request. */
class CrossOriginTest {
  private static final List<Route> ROUTES =
      List.of(
          Route.of(
              "GET",
              "/files/:name",
              request ->
                  HttpResponse.uncached(200, "{}").header("Vary", "Accept-Encoding").build()),
          Route.of("PUT", "/files/:name", request -> HttpResponse.json(200, "{}")));

  private static HttpHandler handler(CrossOrigin crossOrigin) {
    return Router.builder(
            "",
            (request, failure) -> {
              throw failure;
            })
        .mount(crossOrigin.applyTo(ROUTES), Access.delegated())
        .build();
  }

  private static Answer send(CrossOrigin crossOrigin, String method, String origin) {
    return TestServer.send(handler(crossOrigin), method, "/files/a", Map.of("Origin", origin), "");
  }

  private static String header(Answer answer, String name) {
    return answer.headers().first(name).orElse("");
  }

  @Test
  void preflight_listsTheMethodsOfItsPath() {
    CrossOrigin one = CrossOrigin.of(List.of("https://app.example.com"));

    Answer answer = send(one, "OPTIONS", "https://app.example.com");

    assertEquals(204, answer.status());
    assertEquals("GET, PUT, HEAD", header(answer, "Access-Control-Allow-Methods"));
    assertEquals("https://app.example.com", header(answer, "Access-Control-Allow-Origin"));
    assertTrue(header(answer, "Access-Control-Allow-Headers").contains("If-Range"));
    assertTrue(header(answer, "Vary").startsWith("Origin"));
    assertEquals("7200", header(answer, "Access-Control-Max-Age"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com.evil.org",
        "http://app.example.com",
        "https://app.example.com:8443",
        "null",
        "*",
        ""
      })
  void otherOrigin_isNotAllowed(String origin) {
    CrossOrigin one = CrossOrigin.of(List.of("https://app.example.com"));

    for (String method : List.of("OPTIONS", "GET", "PUT")) {
      Answer answer = send(one, method, origin);
      assertEquals("", header(answer, "Access-Control-Allow-Origin"), method);
      assertEquals("", header(answer, "Access-Control-Allow-Methods"), method);
      assertTrue(header(answer, "Vary").contains("Origin"), method);
    }
  }

  @Test
  void anyOrigin_isTheSameAnswerForAll() {
    Answer answer = send(CrossOrigin.any(), "GET", "null");

    assertEquals("*", header(answer, "Access-Control-Allow-Origin"));
    assertEquals("Accept-Encoding", header(answer, "Vary"));
    assertEquals("", header(answer, "Access-Control-Allow-Credentials"));
  }

  @Test
  void answer_keepsWhatItVariesBy() {
    Answer answer =
        send(CrossOrigin.of(List.of("http://localhost:8100")), "GET", "http://localhost:8100");

    assertEquals("Accept-Encoding, Origin", header(answer, "Vary"));
    assertEquals("no-store", header(answer, "Cache-Control"));
    assertEquals("{}", answer.text());
  }

  @Test
  void none_changesNothing() {
    assertSame(ROUTES, CrossOrigin.none().applyTo(ROUTES));
    Access access = Access.bearerToken("a-token-of-many-characters");
    assertSame(access, CrossOrigin.none().openedTo(access));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "app.example.com",
        "https://app.example.com/",
        "https://App.example.com",
        "https://*.example.com",
        "https://user@app.example.com",
        ""
      })
  void of_textThatIsNoOrigin_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> CrossOrigin.of(List.of(text)));
  }
}
