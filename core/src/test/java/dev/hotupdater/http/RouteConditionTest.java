package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A route for certain values of a parameter leaves all others to the routes after it. */
class RouteConditionTest {
  private static final RouteHandler FIRST =
      request -> HttpResponse.json(200, "first " + request.parameter("name"));
  private static final RouteHandler SECOND = request -> HttpResponse.json(200, "second");

  private static Router router(Route... routes) {
    return Router.builder("", (request, failure) -> HttpResponse.json(500, "{}"))
        .mount(List.of(routes), Access.delegated())
        .build();
  }

  private static String get(Router router, String path) {
    TestServer.Answer answer = TestServer.get(router, path);
    return answer.status() == 200 ? answer.text() : "" + answer.status();
  }

  @Test
  void value_decidesWhoAnswers() {
    Router router =
        router(
            Route.of("GET", "/:name/:rest", FIRST).where("name", text -> !text.equals("apps")),
            Route.of("GET", "/apps/:rest", SECOND));

    assertEquals("first a", get(router, "/a/b"));
    assertEquals("second", get(router, "/apps/b"));
    assertEquals("404", get(router, "/apps/b/c"));
  }

  @Test
  void value_isAskedOfAsItCame() {
    Router router =
        router(Route.of("GET", "/:name", FIRST).where("name", text -> text.equals("%61")));

    assertEquals("first a", get(router, "/%61"));
    assertEquals("404", get(router, "/a"));
  }

  @Test
  void conditions_allHold() {
    Router router =
        router(
            Route.of("GET", "/:name/*rest", FIRST)
                .where("name", text -> text.length() > 1)
                .where("rest", text -> text.equals("b/c")));

    assertEquals("first aa", get(router, "/aa/b/c"));
    assertEquals("404", get(router, "/a/b/c"));
    assertEquals("404", get(router, "/aa/b/d"));
  }

  @Test
  void unknownParameter_isRefused() {
    Route route = Route.of("GET", "/:name", FIRST);

    assertThrows(IllegalArgumentException.class, () -> route.where("other", text -> true));
  }
}
