package dev.hotupdater;

import dev.hotupdater.catalog.BundleCatalog;
import dev.hotupdater.database.Database;
import dev.hotupdater.internal.BoundedCalls;
import dev.hotupdater.protocol.HealthReport;
import dev.hotupdater.storage.Storage;
import dev.hotupdater.storage.Storages;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database and the storages whether they can be used, at most once a second however often
 * the report is asked for. Safe for use by many threads.
 */
final class HealthChecks {
  private static final Logger log = LoggerFactory.getLogger(HealthChecks.class);
  private static final Duration MAX_AGE = Duration.ofSeconds(1);

  private final Database database;
  private final Storages storages;
  private final BundleCatalog catalog;
  private final ReleaseAccess releases;
  private final DeviceAccess devices;
  private final BoundedCalls calls;
  private final Object checking = new Object();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Checked last;

  private record Checked(boolean database, Map<String, Boolean> storages, long at) {}

  /** Creates the checks; nothing is asked before {@link #report}. */
  HealthChecks(
      Database database,
      Storages storages,
      BundleCatalog catalog,
      ReleaseAccess releases,
      DeviceAccess devices,
      BoundedCalls calls) {
    this.database = database;
    this.storages = storages;
    this.catalog = catalog;
    this.releases = releases;
    this.devices = devices;
    this.calls = calls;
  }

  /** The current report. */
  HealthReport report() {
    Checked checked = checked();
    return new HealthReport(checked.database(), checked.storages(), age());
  }

  /** The state that is furthest behind. */
  private Optional<Duration> age() {
    return Stream.of(catalog.age(), releases.age(), devices.age())
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder());
  }

  private Checked checked() {
    Checked current = last;
    if (current != null && isFresh(current)) {
      return current;
    }
    synchronized (checking) {
      current = last;
      if (current != null && isFresh(current)) {
        return current;
      }
      Checked checked = check();
      last = checked;
      return checked;
    }
  }

  private static boolean isFresh(Checked checked) {
    return System.nanoTime() - checked.at() < MAX_AGE.toNanos();
  }

  private Checked check() {
    boolean usable = succeeds("The database", database::check);
    Map<String, Boolean> results = new LinkedHashMap<>();
    for (Storage storage : storages.all()) {
      String name =
          storage.scheme() + storage.buckets().map(b -> "://" + String.join(",", b)).orElse("");
      results.put(name, succeeds("The storage " + name, storage::check));
    }
    return new Checked(usable, results, System.nanoTime());
  }

  /** Logs when something breaks or works again, not at every question in between. */
  private boolean succeeds(String what, Runnable check) {
    try {
      calls.call(
          () -> {
            check.run();
            return true;
          });
      if (broken.remove(what)) {
        log.info("{} can be used again", what);
      }
      return true;
    } catch (RuntimeException e) {
      if (broken.add(what)) {
        log.warn("{} cannot be used", what, e);
      }
      return false;
    }
  }
}
