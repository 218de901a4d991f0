package dev.hotupdater.internal;

/** How much memory a cache may take. */
public final class CacheBudget {
  private static final long MOST = 16L * 1024 * 1024;
  private static final int PART_OF_HEAP = 16;

  /** About how many bytes each cache may keep: less where the heap is small. */
  public static final long BYTES = Math.min(MOST, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);

  /** About how many bytes it takes to keep anything at all. */
  public static final long ENTRY_BYTES = 1_000;

  private CacheBudget() {}
}
