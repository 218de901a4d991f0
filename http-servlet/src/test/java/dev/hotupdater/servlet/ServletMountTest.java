package dev.hotupdater.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.http.HttpHandler;
import dev.hotupdater.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever the servlet is mounted, the handler is given the same. */
class ServletMountTest {
  private static final HttpHandler PATH_AND_BASE =
      request ->
          HttpResponse.json(
              200,
              request.rawPath()
                  + " "
                  + request.rawQuery()
                  + " "
                  + request.context().baseUri().orElseThrow());

  private final HttpClient client = HttpClient.newHttpClient();

  static Stream<Arguments> mounts() {
    return containers()
        .flatMap(
            container ->
                Stream.of("", "/app")
                    .flatMap(
                        context ->
                            Stream.of("/hot-updater/*", "/*")
                                .map(mapping -> Arguments.of(container, context, mapping))));
  }

  static Stream<ServletServer.Starter> containers() {
    return Stream.of(Container.values());
  }

  @ParameterizedTest
  @MethodSource("mounts")
  void path_underAnyMount_isTheOneBelowTheContext(
      ServletServer.Starter container, String context, String mapping) throws Exception {
    HotUpdaterServlet servlet = HotUpdaterServlet.create(PATH_AND_BASE);
    try (ServletServer server = container.start(context, mapping, servlet)) {
      for (String path :
          List.of(
              "/hot-updater",
              "/hot-updater/",
              "/hot-updater/version",
              "/hot-updater/a%20b/%2Fc%252F;d=e/%E2%9C%93",
              "/hot-updater/app/app")) {
        assertEquals(
            path + " q=%2F+x " + server.base(), get(URI.create(server.base() + path + "?q=%2F+x")));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("containers")
  void path_atTheRootOfTheContext_isASlash(ServletServer.Starter container) throws Exception {
    HotUpdaterServlet servlet = HotUpdaterServlet.create(PATH_AND_BASE);
    try (ServletServer server = container.start("/app", "/*", servlet)) {
      assertEquals("/  " + server.base(), get(URI.create(server.base() + "/")));
    }
  }

  @ParameterizedTest
  @MethodSource("containers")
  void path_withTheContextSpeltInAnotherWay_isNeverAPartOfIt(ServletServer.Starter container)
      throws Exception {
    HotUpdaterServlet servlet = HotUpdaterServlet.create(PATH_AND_BASE);
    try (ServletServer server = container.start("/app", "/*", servlet)) {
      for (String spelling : List.of("/%61pp", "/x/../app", "/./app", "/app;a=b")) {
        String whole = spelling + "/version";
        String seen = get(URI.create(server.base().resolve("/") + whole.substring(1)));
        assertTrue(
            seen.startsWith("/version ") || seen.startsWith(whole + " ") || isRefusal(seen),
            spelling + ": " + seen);
      }
    }
  }

  private static boolean isRefusal(String seen) {
    return seen.startsWith("status 4");
  }

  private String get(URI uri) throws IOException, InterruptedException {
    var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    return answer.statusCode() == 200 ? answer.body() : "status " + answer.statusCode();
  }
}
