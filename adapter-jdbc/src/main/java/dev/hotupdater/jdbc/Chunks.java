package dev.hotupdater.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Values in portions, because a statement can only have so many parameters. */
final class Chunks {
  private static final int SIZE = 500;

  private Chunks() {}

  static <T> List<List<T>> of(Collection<T> values) {
    List<T> all = List.copyOf(values);
    List<List<T>> chunks = new ArrayList<>();
    for (int start = 0; start < all.size(); start += SIZE) {
      chunks.add(all.subList(start, Math.min(all.size(), start + SIZE)));
    }
    return chunks;
  }
}
