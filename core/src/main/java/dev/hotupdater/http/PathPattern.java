package dev.hotupdater.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pattern of a {@link Route}. Immutable. */
final class PathPattern {
  private final List<String> segments;
  private final Map<String, Integer> parameters;
  private final boolean hasRest;

  private PathPattern(List<String> segments) {
    this.segments = List.copyOf(segments);
    this.parameters = parameters(segments);
    this.hasRest = !segments.isEmpty() && isRest(segments.get(segments.size() - 1));
  }

  static PathPattern of(String pattern) {
    PathSegments path = PathSegments.of(pattern);
    List<String> segments = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      segments.add(path.get(i));
      if (isRest(path.get(i)) && i + 1 < path.size()) {
        throw new IllegalArgumentException(
            "'" + path.get(i) + "' takes the rest of a path, so nothing can follow it: " + pattern);
      }
    }
    return new PathPattern(segments);
  }

  private static Map<String, Integer> parameters(List<String> segments) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      if (!isLiteral(segments.get(i))) {
        positions.put(segments.get(i).substring(1), i);
      }
    }
    return Collections.unmodifiableMap(positions);
  }

  private static boolean isLiteral(String segment) {
    return !segment.startsWith(":") && !isRest(segment);
  }

  private static boolean isRest(String segment) {
    return segment.startsWith("*");
  }

  /** The text with which every matching path begins, if there is one. */
  Optional<String> firstLiteral() {
    return segments.stream().limit(1).filter(PathPattern::isLiteral).findFirst();
  }

  boolean matches(PathSegments path) {
    if (hasRest ? path.size() < segments.size() : path.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      if (isLiteral(segments.get(i)) && !path.is(i, segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The names of the parameters, and the segment at which each begins. */
  Map<String, Integer> parameters() {
    return parameters;
  }

  /** What a matching path has for the parameter at a position, still percent-encoded. */
  String value(PathSegments path, int position) {
    return isRest(segments.get(position)) ? path.rest(position) : path.get(position);
  }

  @Override
  public String toString() {
    return "/" + String.join("/", segments);
  }
}
