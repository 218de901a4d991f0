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
 * The counts of apps, each kept for a few seconds: counting may cost the database much, and the
 * pages that show them are asked for again and again. Safe for use by many threads.
 */
final class RememberedCounts {
  private static final Duration AGE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long COUNT_BYTES = 200;

  private final Clock clock = Clock.systemUTC();

  // Nothing is renewed while it may still be handed out.
  private final LoadingCache<Key, List<OutcomeCount>> counts =
      new LoadingCache<>(CacheBudget.BYTES, PATIENCE, Runnable::run, clock);

  private record Key(String context, AppId app) {}

  List<OutcomeCount> get(String contextKey, AppId app, DeviceStore store) {
    return counts.get(new Key(contextKey, app), () -> load(app, store));
  }

  private LoadingCache.Loaded<List<OutcomeCount>> load(AppId app, DeviceStore store) {
    List<OutcomeCount> read = List.copyOf(store.counts(app));
    Instant end = clock.instant().plus(AGE);
    long bytes = CacheBudget.ENTRY_BYTES + COUNT_BYTES * read.size();
    return LoadingCache.Loaded.until(read, bytes, end, end);
  }

  void forget(String contextKey) {
    counts.dropIf(key -> key.context().equals(contextKey));
  }
}
