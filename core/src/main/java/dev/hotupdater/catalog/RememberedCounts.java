package dev.hotupdater.catalog;

import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.internal.CacheBudget;
import dev.hotupdater.internal.LoadingCache;
import dev.hotupdater.release.AppId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The counts of apps, each kept for a few seconds, or longer where counting takes long: it may cost
 * the database much, and the pages that show them are asked for again and again. So it counts for a
 * tenth of the time at most. Safe for use by many threads.
 */
final class RememberedCounts {
  private static final Duration SHORTEST_AGE = Duration.ofSeconds(3);
  private static final Duration LONGEST_AGE = Duration.ofMinutes(5);
  private static final int AGE_FACTOR = 9;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long COUNT_BYTES = 200;

  private final Clock clock;
  private final LoadingCache<Key, List<OutcomeCount>> counts;

  private record Key(String context, AppId app) {}

  RememberedCounts(Clock clock) {
    this.clock = clock;
    // Nothing is renewed while it may still be handed out.
    counts = new LoadingCache<>(CacheBudget.BYTES, PATIENCE, Runnable::run, clock);
  }

  List<OutcomeCount> get(String contextKey, AppId app, DeviceStore store) {
    return counts.get(new Key(contextKey, app), () -> load(app, store));
  }

  private LoadingCache.Loaded<List<OutcomeCount>> load(AppId app, DeviceStore store) {
    Instant start = clock.instant();
    List<OutcomeCount> read = List.copyOf(store.counts(app));
    Instant now = clock.instant();
    Instant end = now.plus(ageAfter(Duration.between(start, now)));
    long bytes = CacheBudget.ENTRY_BYTES + COUNT_BYTES * read.size();
    return LoadingCache.Loaded.until(read, bytes, end, end);
  }

  private static Duration ageAfter(Duration counting) {
    Duration age = counting.multipliedBy(AGE_FACTOR);
    if (age.compareTo(SHORTEST_AGE) < 0) {
      return SHORTEST_AGE;
    }
    return age.compareTo(LONGEST_AGE) > 0 ? LONGEST_AGE : age;
  }

  void forget(String contextKey) {
    counts.dropIf(key -> key.context().equals(contextKey));
  }
}
