package dev.hotupdater.catalog;

import dev.hotupdater.bundle.AppVersionRange;
import java.util.HashMap;
import java.util.Map;

/** Compiles each range once: many bundles are published for the same one. Not thread-safe. */
final class RangeCache {
  private final Map<String, AppVersionRange> compiled = new HashMap<>();

  AppVersionRange get(String text) {
    return compiled.computeIfAbsent(text, AppVersionRange::parse);
  }
}
