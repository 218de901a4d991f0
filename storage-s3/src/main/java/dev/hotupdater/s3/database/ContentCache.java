package dev.hotupdater.s3.database;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Contents of objects that need not be read again while their entity tag is the same. Bounded in
 * memory; what was not used for longest goes first. Safe for use by many threads.
 */
final class ContentCache<T> {
  private final long maxBytes;
  private final Map<String, Entry<T>> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  ContentCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  private record Entry<T>(String etag, T content, long bytes) {}

  synchronized Optional<T> get(String key, String etag) {
    return Optional.ofNullable(entries.get(key))
        .filter(entry -> entry.etag().equals(etag))
        .map(Entry::content);
  }

  /** Remembers the content that an object has with this entity tag. */
  synchronized void put(String key, String etag, T content, long size) {
    remove(key);
    entries.put(key, new Entry<>(etag, content, size + key.length()));
    bytes += size + key.length();
    Iterator<Entry<T>> eldest = entries.values().iterator();
    while (bytes > maxBytes && eldest.hasNext()) {
      bytes -= eldest.next().bytes();
      eldest.remove();
    }
  }

  private void remove(String key) {
    Optional.ofNullable(entries.remove(key)).ifPresent(entry -> bytes -= entry.bytes());
  }
}
