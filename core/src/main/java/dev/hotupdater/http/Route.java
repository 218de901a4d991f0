package dev.hotupdater.http;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A method, a pattern of paths and who answers them. In a pattern, {@code :name} stands for one
 * segment of any text, and {@code *name} at the end for the rest of the path, at least one segment.
 * Immutable.
 */
public final class Route {
  private final String method;
  private final PathPattern pattern;
  private final RouteHandler handler;
  private final Predicate<PathSegments> condition;

  private Route(
      String method, PathPattern pattern, RouteHandler handler, Predicate<PathSegments> condition) {
    this.method = method;
    this.pattern = pattern;
    this.handler = handler;
    this.condition = condition;
  }

  /**
   * A route.
   *
   * @param method the method in upper case; GET serves HEAD as well
   * @param pattern the pattern, such as {@code /api/bundles/:id}, relative to the base path
   */
  public static Route of(String method, String pattern, RouteHandler handler) {
    return new Route(method, PathPattern.of(pattern), handler, path -> true);
  }

  /**
   * This route, for those paths alone that have something certain for a parameter. Any other path
   * is left to the routes that are mounted after this one.
   *
   * @param parameter a parameter of the pattern
   * @param allowed is asked of what the path has for it, still percent-encoded
   * @throws IllegalArgumentException if the pattern has no such parameter
   */
  public Route where(String parameter, Predicate<String> allowed) {
    Optional<Integer> position = Optional.ofNullable(pattern.parameters().get(parameter));
    if (position.isEmpty()) {
      throw new IllegalArgumentException(this + " has no parameter '" + parameter + "'");
    }
    int index = position.get();
    return new Route(
        method, pattern, handler, condition.and(path -> allowed.test(pattern.value(path, index))));
  }

  String method() {
    return method;
  }

  /** The pattern as it was given. */
  String pattern() {
    return pattern.toString();
  }

  /** The same paths and conditions, with another method and handler. */
  Route answering(String otherMethod, RouteHandler otherHandler) {
    return new Route(otherMethod, pattern, otherHandler, condition);
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
    return sameMethod && pattern.matches(path) && condition.test(path);
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
