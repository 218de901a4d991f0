package dev.hotupdater.catalog;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is kept in memory for each context key. There are at most so many, and one that has not been
 * used for a while goes; the one without a tenant stays. Safe for use by many threads.
 */
final class ContextEntries<E extends ContextEntry> {
  static final String DEFAULT_KEY = "";
  private static final Duration MAX_IDLE = Duration.ofMinutes(5);
  private static final int MAX_KEYS = 1_000;

  private final Map<String, E> entries = new ConcurrentHashMap<>();
  private final Consumer<E> dropped;

  private ContextEntries(Consumer<E> dropped) {
    this.dropped = dropped;
  }

  /**
   * None yet.
   *
   * @param dropped is told of those that go
   */
  static <E extends ContextEntry> ContextEntries<E> create(Consumer<E> dropped) {
    return new ContextEntries<>(dropped);
  }

  E get(String key, Supplier<E> creation) {
    E known = entries.get(key);
    if (known != null) {
      return known;
    }
    if (entries.size() >= MAX_KEYS) {
      dropLeastRecentlyUsed();
    }
    return entries.computeIfAbsent(key, k -> creation.get());
  }

  /** The one without a tenant, if there is one. */
  Optional<E> ofNoTenant() {
    return Optional.ofNullable(entries.get(DEFAULT_KEY));
  }

  Collection<E> all() {
    return entries.values();
  }

  /** Those that are used, after the others have gone. */
  Collection<E> inUse() {
    entries.values().forEach(ContextEntry::noteUse);
    entries.forEach(
        (key, entry) -> {
          if (entry.idle().compareTo(MAX_IDLE) > 0) {
            drop(key, entry);
          }
        });
    return entries.values();
  }

  private void dropLeastRecentlyUsed() {
    entries.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(DEFAULT_KEY))
        .max(Map.Entry.comparingByValue(Comparator.comparing(ContextEntry::idle)))
        .ifPresent(entry -> drop(entry.getKey(), entry.getValue()));
  }

  private void drop(String key, E entry) {
    if (!key.equals(DEFAULT_KEY) && entries.remove(key, entry)) {
      dropped.accept(entry);
    }
  }
}
