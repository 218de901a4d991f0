package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.TestServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which route answers, where several might. */
class RouteOrderTest {
  private static Router router(String basePath, String... routes) {
    List<Route> mounted =
        Stream.of(routes)
            .map(route -> route.split(" ", 2))
            .map(
                route ->
                    Route.of(
                        route[0],
                        route[1],
                        request -> HttpResponse.json(200, String.join(" ", route))))
            .toList();
    return Router.builder(basePath, (request, failure) -> HttpResponse.json(500, "{}"))
        .mount(mounted, Access.delegated())
        .build();
  }

  private static String get(Router router, String path) {
    TestServer.Answer answer = TestServer.get(router, path);
    return answer.status() == 200 ? answer.text() : "" + answer.status();
  }

  @Test
  void literalAfterParameter_neverAnswersWhatTheParameterTakes() {
    Router router = router("", "GET /:any/b", "GET /a/b", "GET /a/c");

    assertEquals("GET /:any/b", get(router, "/a/b"));
    assertEquals("GET /:any/b", get(router, "/x/b"));
    assertEquals("GET /a/c", get(router, "/a/c"));
    assertEquals("404", get(router, "/x/c"));
  }

  @Test
  void literalBeforeParameter_answersFirst() {
    Router router = router("", "GET /a/b", "GET /:any/b", "GET /*rest");

    assertEquals("GET /a/b", get(router, "/a/b"));
    assertEquals("GET /:any/b", get(router, "/x/b"));
    assertEquals("GET /*rest", get(router, "/a/c"));
    assertEquals("GET /*rest", get(router, "/x"));
    assertEquals("404", get(router, "/"));
  }

  @Test
  void sameSegmentInLaterPlaces_isDecidedInOrder() {
    Router router = router("", "GET /a/*rest", "GET /a/b", "GET /a", "GET /a/:one/:two");

    assertEquals("GET /a/*rest", get(router, "/a/b"));
    assertEquals("GET /a/*rest", get(router, "/a/b/c"));
    assertEquals("GET /a", get(router, "/a/"));
  }

  @Test
  void routeWithoutSegments_answersTheRootAlone() {
    Router router = router("/base", "GET /", "GET /:any");

    assertEquals("GET /", get(router, "/base"));
    assertEquals("GET /", get(router, "/base/"));
    assertEquals("GET /", get(router, "/"));
    assertEquals("GET /:any", get(router, "/base/x"));
  }

  @Test
  void samePathOfAnotherMethod_isPassedOver() {
    Router router = router("", "PUT /a/:id", "GET /a/:id", "HEAD /a/:id", "DELETE /:any/:id");

    assertEquals("PUT /a/:id", send(router, "PUT"));
    assertEquals("GET /a/:id", send(router, "GET"));
    assertEquals("GET /a/:id", send(router, "HEAD"));
    assertEquals("DELETE /:any/:id", send(router, "DELETE"));
    assertEquals("{\"error\":\"Not found\"}", send(router, "POST"));
  }

  private static String send(Router router, String method) {
    return TestServer.send(router, method, "/a/1", Map.of(), "").text();
  }

  @Test
  void longPath_isMatchedToItsEnd() {
    String pattern = "/a" + "/:p".repeat(29) + "/z";
    Router router = router("", "GET " + pattern);

    assertEquals("GET " + pattern, get(router, "/a" + "/x".repeat(29) + "/z"));
    assertEquals("404", get(router, "/a" + "/x".repeat(29) + "/y"));
    assertEquals("404", get(router, "/a" + "/x".repeat(30) + "/z"));
  }

  @Test
  void parameters_areThoseOfTheRouteThatAnswers() {
    Route route =
        Route.of(
            "GET",
            "/a/:one/*rest",
            request ->
                HttpResponse.json(
                    200,
                    request.parameter("one")
                        + request.parameter("rest")
                        + request.hasParameter("one")
                        + request.hasParameter("rest")
                        + request.hasParameter("two")));
    Router router =
        Router.builder("", (request, failure) -> HttpResponse.json(500, "{}"))
            .mount(
                List.of(Route.of("GET", "/a/:two", request -> HttpResponse.json(200, "")), route),
                Access.delegated())
            .build();

    assertEquals("bc/dtruetruefalse", get(router, "/a/b/c/d/"));
  }
}
