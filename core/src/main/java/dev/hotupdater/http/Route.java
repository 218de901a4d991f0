package dev.hotupdater.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method, a pattern of paths and who answers them. In a pattern, {@code :name} stands for one
 * segment of any text, and {@code *name} at the end for the rest of the path, at least one segment.
 * Immutable.
 */
public final class Route {
  private final String method;
  private final List<String> pattern;
  private final RouteHandler handler;

  private Route(String method, String pattern, RouteHandler handler) {
    this.method = method;
    this.pattern = segments(pattern);
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

  /** The segments of a path, still encoded; one slash at its end does not count. */
  static List<String> segments(String path) {
    List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
    if (path.startsWith("/")) {
      segments.remove(0);
    }
    if (!segments.isEmpty() && segments.get(segments.size() - 1).isEmpty()) {
      segments.remove(segments.size() - 1);
    }
    return segments;
  }

  RouteHandler handler() {
    return handler;
  }

  /** The raw parameters, if the method and the path are this route's. */
  Optional<Map<String, String>> match(String requestMethod, List<String> path) {
    boolean sameMethod =
        method.equals(requestMethod) || (method.equals("GET") && requestMethod.equals("HEAD"));
    if (!sameMethod || path.size() < pattern.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < pattern.size(); i++) {
      String expected = pattern.get(i);
      if (expected.startsWith("*")) {
        parameters.put(expected.substring(1), String.join("/", path.subList(i, path.size())));
        return Optional.of(parameters);
      }
      if (expected.startsWith(":")) {
        parameters.put(expected.substring(1), path.get(i));
      } else if (!expected.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return path.size() == pattern.size() ? Optional.of(parameters) : Optional.empty();
  }

  @Override
  public String toString() {
    return method + " /" + String.join("/", pattern);
  }
}
