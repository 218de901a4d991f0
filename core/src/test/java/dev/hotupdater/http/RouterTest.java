package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.TestServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  private static final FailureHandler FAILURES =
      (request, failure) -> HttpResponse.json(400, "\"" + failure.getMessage() + "\"");

  private static Router router(String basePath, Access access, Route... routes) {
    return Router.builder(basePath, FAILURES).mount(List.of(routes), access).build();
  }

  private static Route echo(String pattern, String... names) {
    return Route.of(
        "GET",
        pattern,
        request -> {
          StringBuilder text = new StringBuilder();
          for (String name : names) {
            text.append('[').append(request.parameter(name)).append(']');
          }
          return HttpResponse.json(200, text.toString());
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/base/version", "/base/version/", "/version", "/version/", "version"})
  void path_belowTheBaseOrStripped_isFound(String path) {
    Router router = router("/base", Access.delegated(), echo("/version"));

    assertEquals(200, TestServer.get(router, path).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/baseX/version", "/base/version//", "/base//version", "/base", "", "/other"})
  void path_elsewhere_is404(String path) {
    Router router = router("/base", Access.delegated(), echo("/version"));

    TestServer.Answer answer = TestServer.get(router, path);

    assertEquals(404, answer.status());
    assertEquals("{\"error\":\"Not found\"}", answer.text());
    assertEquals(Optional.of("no-store"), answer.headers().first("Cache-Control"));
  }

  @Test
  void rest_withSomethingBehindIt_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> echo("/files/*rest/more", "rest"));
  }

  @ParameterizedTest
  @CsvSource({
    "/a%2Fb/c, [a/b][c]",
    "/%252F/c, [%2F][c]",
    "/a+b/%20, [a+b][ ]",
    "/%F0%9F%98%80/ü, [😀][ü]",
    "/../c, [..][c]"
  })
  void parameter_isDecodedOnceAndOnItsOwn(String path, String expected) {
    Router router = router("", Access.delegated(), echo("/:one/:two", "one", "two"));

    assertEquals(expected, TestServer.get(router, path).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%2", "/%zz", "/%ff", "/%c3%28", "/a%00b", "/%u0041", "/%+1"})
  void parameter_brokenEncoding_isRefusedByName(String path) {
    Router router = router("", Access.delegated(), echo("/:one", "one"));

    TestServer.Answer answer = TestServer.get(router, path);

    assertEquals(
        "\"Route parameter 'one' must be percent-encoded UTF-8 without NUL.\"", answer.text());
  }

  @Test
  void parameter_empty_isMissing() {
    Router router = router("", Access.delegated(), echo("/a/:one/b", "one"));

    assertEquals("\"Missing route parameter: one\"", TestServer.get(router, "/a//b").text());
  }

  @Test
  void rest_takesEverySegment() {
    Router router = router("", Access.delegated(), echo("/files/*rest", "rest"));

    assertEquals("[a/b c]", TestServer.get(router, "/files/a/b%20c").text());
    assertEquals(404, TestServer.get(router, "/files").status());
  }

  @Test
  void head_isServedByGet_otherMethodsAreNot() {
    Router router = router("", Access.delegated(), echo("/x"));

    assertEquals(200, TestServer.send(router, "HEAD", "/x", Map.of(), "").status());
    assertEquals(404, TestServer.send(router, "POST", "/x", Map.of(), "").status());
    assertEquals(404, TestServer.send(router, "OPTIONS", "/x", Map.of(), "").status());
  }

  @Test
  void access_denied_isAnsweredBeforeTheHandlerSeesAnything() {
    AtomicBoolean called = new AtomicBoolean();
    Route route =
        Route.of(
            "GET",
            "/x/:id",
            request -> {
              called.set(true);
              return HttpResponse.json(200, "1");
            });
    Router router = router("", Access.custom(request -> false), route);

    TestServer.Answer answer = TestServer.get(router, "/x/%zz");

    assertEquals(401, answer.status());
    assertEquals("Bearer", answer.headers().first("www-authenticate").orElse(""));
    assertFalse(called.get());
  }

  @Test
  void access_bearerToken_acceptsEveryConfiguredTokenAndNothingElse() {
    Router router =
        router("", Access.bearerToken("first-token-0123456", "second-token-012345"), echo("/x"));

    for (String accepted :
        List.of(
            "Bearer first-token-0123456",
            "bearer second-token-012345",
            "BEARER  first-token-0123456 ")) {
      assertEquals(200, status(router, accepted), accepted);
    }
    for (String refused :
        List.of(
            "first-token-0123456",
            "Bearer first-token-012345",
            "Bearer",
            "Basic eDp5",
            "Bearer ü")) {
      assertEquals(401, status(router, refused), refused);
    }
  }

  private static int status(Router router, String authorization) {
    return TestServer.send(router, "GET", "/x", Map.of("Authorization", authorization), "")
        .status();
  }
}
