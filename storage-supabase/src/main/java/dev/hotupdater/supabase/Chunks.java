package dev.hotupdater.supabase;

import java.util.ArrayList;
import java.util.List;

/** Cuts a list into pieces that fit into one call. */
final class Chunks {
  private Chunks() {}

  static <T> List<List<T>> of(List<T> all, int most) {
    List<List<T>> chunks = new ArrayList<>();
    for (int start = 0; start < all.size(); start += most) {
      chunks.add(all.subList(start, Math.min(all.size(), start + most)));
    }
    return chunks;
  }
}
