package dev.hotupdater.jdbc;

import dev.hotupdater.bundle.Metadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the metadata of the rows of one query. Most bundles carry the same as many others, which is
 * parsed and kept in memory once. Not thread-safe.
 */
final class SharedMetadata {
  private final Map<String, Metadata> byText = new HashMap<>();

  Metadata read(Optional<String> text) {
    return text.map(json -> byText.computeIfAbsent(json, JsonColumn::metadata))
        .orElse(Metadata.empty());
  }
}
