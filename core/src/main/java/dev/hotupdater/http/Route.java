package dev.hotupdater.http;

import java.util.Map;
import java.util.Optional;

/**
 * A method, a pattern of paths and who answers them. In a pattern, {@code :name} stands for one
 * segment of any text, and {@code *name} at the end for the rest of the path, at least one segment.
 * Immutable.
 */
public final class Route {
  private final String method;
  private final PathPattern pattern;
  private final RouteHandler handler;

  private Route(String method, String pattern, RouteHandler handler) {
    this.method = method;
    this.pattern = PathPattern.of(pattern);
    this.handler = handler;
  }

  /**
   * A route.
   *
   * @param method the method in upper case; GET serves HEAD as well
   * @param pattern the pattern, such as {@code /api/bundles/:id}, relative to the base path
   */
  public static Route of(String method, String pattern, RouteHandler handler) {
    return new Route(method, pattern, handler);
  }

  RouteHandler handler() {
    return handler;
  }

  /** The first segment of every path that is this route's, if they all have the same. */
  Optional<String> firstSegment() {
    return pattern.firstLiteral();
  }

  /** Whether requests with this method and path are this route's. */
  boolean matches(String requestMethod, PathSegments path) {
    boolean sameMethod =
        method.equals(requestMethod) || (method.equals("GET") && requestMethod.equals("HEAD"));
    return sameMethod && pattern.matches(path);
  }

  /** The raw parameters in a path that is this route's. */
  Map<String, String> parameters(PathSegments path) {
    return new PathParameters(pattern, path);
  }

  @Override
  public String toString() {
    return method + " " + pattern;
  }
}
