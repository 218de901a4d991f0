package dev.hotupdater.http;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a pattern has found in a path, by name and still percent-encoded. A view: a value is cut out
 * of the path when it is asked for. Immutable.
 */
final class PathParameters extends AbstractMap<String, String> {
  private final PathPattern pattern;
  private final PathSegments path;

  PathParameters(PathPattern pattern, PathSegments path) {
    this.pattern = pattern;
    this.path = path;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return pattern.parameters().containsKey(name);
  }

  @Override
  public @Nullable String get(@Nullable Object name) {
    Integer position = pattern.parameters().get(name);
    return position == null ? null : pattern.value(path, position);
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return pattern.parameters().entrySet().stream()
        .map(named -> Map.entry(named.getKey(), pattern.value(path, named.getValue())))
        .collect(Collectors.toUnmodifiableSet());
  }
}
