package dev.hotupdater.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the route of a request, asks whether it may be used, and has it answered. Immutable.
 *
 * <p>Source: Hot Updater protocol, "Routes". A path below the base path is routed without it; any
 * other path as it stands, since a host framework may have taken the base path off already.
 */
public final class Router implements HttpHandler {
  private final String basePath;
  private final List<Mounted> routes;
  private final FailureHandler failures;

  private record Mounted(Route route, Access access) {}

  private Router(String basePath, List<Mounted> routes, FailureHandler failures) {
    this.basePath = basePath;
    this.routes = List.copyOf(routes);
    this.failures = failures;
  }

  /**
   * A builder.
   *
   * @param basePath {@code ""}, or a path that starts with a slash and does not end with one
   * @param failures turns what a route throws into an answer
   */
  public static Builder builder(String basePath, FailureHandler failures) {
    return new Builder(basePath, failures);
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    try {
      List<String> path = Route.segments(withoutBasePath(request.rawPath()));
      for (Mounted mounted : routes) {
        Optional<Map<String, String>> match = mounted.route().match(request.method(), path);
        if (match.isPresent()) {
          return mounted.access().allows(request)
              ? mounted.route().handler().handle(new RouteRequest(request, match.get()))
              : unauthorized();
        }
      }
      return HttpResponse.json(404, "{\"error\":\"Not found\"}");
    } catch (RuntimeException e) {
      return failures.answer(request, e);
    }
  }

  private String withoutBasePath(String path) {
    if (!path.startsWith(basePath)) {
      return path;
    }
    String rest = path.substring(basePath.length());
    return rest.isEmpty() || rest.startsWith("/") ? rest : path;
  }

  private static HttpResponse unauthorized() {
    return HttpResponse.uncached(401, "{\"error\":\"Unauthorized\"}")
        .header("WWW-Authenticate", "Bearer")
        .build();
  }

  /** Builds a {@link Router}. Not thread-safe. */
  public static final class Builder {
    private final String basePath;
    private final FailureHandler failures;
    private final List<Mounted> routes = new ArrayList<>();

    private Builder(String basePath, FailureHandler failures) {
      this.basePath = basePath;
      this.failures = failures;
    }

    /** Adds routes. Of two routes that match a request, the one added first answers it. */
    public Builder mount(List<Route> added, Access access) {
      added.forEach(route -> routes.add(new Mounted(route, access)));
      return this;
    }

    /** Builds the router. */
    public Router build() {
      return new Router(basePath, routes, failures);
    }
  }
}
