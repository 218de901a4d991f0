package dev.hotupdater.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the route of a request: of those that match, the one that was added first. Only routes that
 * may begin with the first segment of the path are looked at. Immutable.
 */
final class RouteTable {
  /** By the first segment of a path: the routes that it may belong to, in their order. */
  private final Map<String, List<MountedRoute>> byFirstSegment;

  /** The routes that every other path may belong to, in their order. */
  private final List<MountedRoute> others;

  private RouteTable(Map<String, List<MountedRoute>> byFirstSegment, List<MountedRoute> others) {
    this.byFirstSegment = Map.copyOf(byFirstSegment);
    this.others = others;
  }

  static RouteTable of(List<MountedRoute> routes) {
    Map<String, List<MountedRoute>> byFirstSegment = new HashMap<>();
    for (MountedRoute mounted : routes) {
      mounted
          .route()
          .firstSegment()
          .ifPresent(first -> byFirstSegment.computeIfAbsent(first, key -> under(key, routes)));
    }
    List<MountedRoute> others =
        routes.stream().filter(mounted -> mounted.route().firstSegment().isEmpty()).toList();
    return new RouteTable(byFirstSegment, others);
  }

  private static List<MountedRoute> under(String first, List<MountedRoute> routes) {
    return routes.stream()
        .filter(mounted -> mounted.route().firstSegment().orElse(first).equals(first))
        .toList();
  }

  Optional<MountedRoute> find(String method, PathSegments path) {
    List<MountedRoute> candidates =
        path.size() == 0 ? others : byFirstSegment.getOrDefault(path.get(0), others);
    for (MountedRoute mounted : candidates) {
      if (mounted.route().matches(method, path)) {
        return Optional.of(mounted);
      }
    }
    return Optional.empty();
  }
}
