package dev.hotupdater.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the route of a request, asks whether it may be used, and has it answered. Immutable.
 *
 * <p>Source: Hot Updater protocol, "Routes". A path below the base path is routed without it; any
 * other path as it stands, since a host framework may have taken the base path off already.
 */
public final class Router implements HttpHandler {
  private static final HttpResponse NOT_FOUND =
      HttpResponse.uncached(404, "{\"error\":\"Not found\"}").build();
  private static final HttpResponse UNAUTHORIZED =
      HttpResponse.uncached(401, "{\"error\":\"Unauthorized\"}")
          .header("WWW-Authenticate", "Bearer")
          .build();

  private final String basePath;
  private final RouteTable routes;
  private final FailureHandler failures;

  private Router(String basePath, List<MountedRoute> routes, FailureHandler failures) {
    this.basePath = basePath;
    this.routes = RouteTable.of(routes);
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
      String path = request.rawPath();
      PathSegments segments = PathSegments.of(path, endOfBasePath(path));
      Optional<MountedRoute> found = routes.find(request.method(), segments);
      return found.isPresent() ? answer(request, found.get(), segments) : NOT_FOUND;
    } catch (RuntimeException e) {
      return failures.answer(request, e);
    }
  }

  private static HttpResponse answer(
      HttpRequest request, MountedRoute mounted, PathSegments segments) {
    // Before the credentials are looked at, so that they cannot be guessed by trying.
    if (mounted.rateLimit().isPresent()) {
      Optional<HttpResponse> refusal = mounted.rateLimit().get().refuse(request);
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    if (!mounted.access().allows(request)) {
      return UNAUTHORIZED;
    }
    Route route = mounted.route();
    return route.handler().handle(new RouteRequest(request, route.parameters(segments)));
  }

  /** Where that of a path begins which is routed. */
  private int endOfBasePath(String path) {
    int end = basePath.length();
    boolean isBelow =
        path.startsWith(basePath) && (path.length() == end || path.charAt(end) == '/');
    return isBelow ? end : 0;
  }

  /** Builds a {@link Router}. Not thread-safe. */
  public static final class Builder {
    private final String basePath;
    private final FailureHandler failures;
    private final List<MountedRoute> routes = new ArrayList<>();

    private Builder(String basePath, FailureHandler failures) {
      this.basePath = basePath;
      this.failures = failures;
    }

    /** Adds routes. Of two routes that match a request, the one added first answers it. */
    public Builder mount(List<Route> added, Access access) {
      return mount(added, access, Optional.empty());
    }

    /** Adds routes, of which one client may ask for so many in some time. */
    public Builder mount(List<Route> added, Access access, Optional<RateLimit> rateLimit) {
      added.forEach(route -> routes.add(new MountedRoute(route, access, rateLimit)));
      return this;
    }

    /** Builds the router. */
    public Router build() {
      return new Router(basePath, routes, failures);
    }
  }
}
